import assert from "node:assert/strict";
import { hearingQuestion } from "../../../../src/vscode/timing/hearingQuestion.ts";

const FORMAT = { name: "an MP3 recording", ending: "mp3" };
const EAR = { told: "whisper-1 at api.openai.com, which costs about $0.02" };

describe("the question before a recording is sent", () => {
  it("says what is sent, to whom, and that it costs money", () => {
    const { message, detail } = hearingQuestion({ name: "take2.mp3", bytes: new Uint8Array(3_200_000), format: FORMAT, seconds: 245 }, EAR);
    assert.equal(message, "Have take2.mp3 transcribed?");
    assert.equal(detail.split("\n")[0], "take2.mp3 is an MP3 recording (3.2 MB, 4:05). It will be transcribed by whisper-1 at api.openai.com, which costs about $0.02.");
  });

  it("says the size alone where the recording does not say how long it is", () => {
    const { detail } = hearingQuestion({ name: "v.mp3", bytes: new Uint8Array(10), format: FORMAT, seconds: undefined }, EAR);
    assert.match(detail, /^v\.mp3 is an MP3 recording \(0\.1 MB\)\. /);
  });
});
