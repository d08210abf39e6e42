// Takes the pictures of the README anew, in a real VS Code; look at them before they are committed.
import { join } from "node:path";
import { installPackages, run } from "./setup.mjs";

installPackages();
process.exitCode = run(process.execPath, ["--import", "tsx", join("test", "ui", "screenshots.ts")]);
