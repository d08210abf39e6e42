import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-checkbox/index.js";
import "@vscode-elements/elements/dist/vscode-progress-bar/index.js";
import "@vscode-elements/elements/dist/vscode-single-select/index.js";
import "@vscode-elements/elements/dist/vscode-textarea/index.js";
import "@vscode-elements/elements/dist/vscode-textfield/index.js";
import type { HostMessage } from "../../vscode/wizard/protocol.ts";
import { keptState, listen, tell } from "./host.ts";
import { acceptFiles } from "./dropping.ts";
import { Page } from "./page.ts";

const page = new Page(document.getElementById("page")!);
listen((message: HostMessage) => page.receive(message));
acceptFiles(document, () => page.maxBytes);
const state = keptState();
if (state) page.return(state);
tell({ type: "ready", state });
