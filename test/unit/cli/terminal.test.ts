import assert from "node:assert/strict";
import { readCapabilities, type Environment } from "../../../src/cli/terminal.ts";
import { FakeStream } from "./fakeHost.ts";

const terminal = new FakeStream({ columns: 80, rows: 24 });
const pipe = new FakeStream();
const read = (env: Environment, stream = terminal, platform: NodeJS.Platform = "linux") => readCapabilities(stream, env, platform);

describe("readCapabilities", () => {
  it("draws and colours on a terminal, and does neither in a pipe", () => {
    assert.deepEqual(read({ LANG: "C.UTF-8" }), { live: true, color: true, unicode: true });
    assert.deepEqual(read({ LANG: "C.UTF-8" }, pipe), { live: false, color: false, unicode: true });
  });

  it("follows NO_COLOR before FORCE_COLOR, and both before the stream", () => {
    assert.equal(read({ NO_COLOR: "1", FORCE_COLOR: "1" }).color, false);
    assert.equal(read({ NO_COLOR: "" }).color, true);
    assert.equal(read({ FORCE_COLOR: "1" }, pipe).color, true);
    assert.equal(read({ FORCE_COLOR: "0" }).color, false);
  });

  it("writes plain lines for TERM=dumb and on build servers", () => {
    assert.deepEqual(read({ TERM: "dumb" }), { live: false, color: false, unicode: true });
    assert.equal(read({ CI: "true" }).live, false);
    assert.equal(read({ CI: "false" }).live, true);
  });

  it("keeps to ASCII where the locale or the console has no Unicode", () => {
    assert.equal(read({ LANG: "C" }).unicode, false);
    assert.equal(read({ LANG: "de_DE.UTF-8", LC_ALL: "POSIX" }).unicode, false);
    assert.equal(read({ LANG: "de_DE.utf8", TERM: "linux" }).unicode, false);
    assert.equal(read({}).unicode, true);
    assert.equal(read({}, terminal, "win32").unicode, false);
    assert.equal(read({ WT_SESSION: "1" }, terminal, "win32").unicode, true);
  });
});
