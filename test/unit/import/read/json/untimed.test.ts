import assert from "node:assert/strict";
import fc from "fast-check";
import { readTranscript } from "../../../../../src/import/read/readTranscript.ts";
import { brief, bytesOf, checkTranscript, codes, PACE, read, spokenWords } from "../reading.ts";

describe("a transcript without times", () => {
  const TEXT = "She comes to the well. She drinks, and goes.";

  const heard = (answer: object, soundSeconds?: number) => {
    const { transcript } = readTranscript({ name: "voice.mp3", bytes: bytesOf(JSON.stringify(answer)) }, { ...PACE, soundSeconds });
    return transcript ?? assert.fail("it is readable");
  };

  it("is narration whose times are estimated at the pace, and says so", () => {
    const transcript = read({ text: TEXT });
    assert.deepEqual([transcript.format, transcript.basis, transcript.duration], ["transcript without times", "estimated", undefined]);
    assert.deepEqual(brief(transcript).map(([, , text]) => text), ["She comes to the well.", "She drinks, and goes."]);
    assert.deepEqual(codes(transcript.findings), ["times-estimated"]);
    assert.match(transcript.findings[0]!.message, /estimated by the length of the words at 150 words a minute/);
    assert.match(transcript.findings[0]!.hint!, /whisper-1/);
  });

  it("is stretched to the length of the sound: the answer's own, or that of the file", () => {
    for (const transcript of [heard({ text: TEXT, duration: "12" }), heard({ text: TEXT, usage: { type: "duration", seconds: 12 } }), heard({ text: TEXT }, 12), heard({ text: TEXT, duration: 12 }, 99)]) {
      assert.deepEqual([transcript.cues.at(-1)!.end, transcript.duration, transcript.basis], [12, 12, "estimated"]);
      assert.match(transcript.findings[0]!.message, /stretched to the length of the sound, 00:12\.000/);
    }
  });

  it("tells its language where there is only one", () => {
    assert.equal(heard({ text: "Ja.", languages: [{ code: "de" }] }).language, "de");
    assert.equal(heard({ text: "Ja.", languages: [{ code: "de" }, { code: "en" }] }).language, undefined);
    assert.equal(heard({ text: "Ja.", language: "german" }).language, "de");
  });

  it("is one also where a server leaves the lists empty, but never where any of them holds times", () => {
    assert.equal(heard({ task: "transcribe", text: TEXT, segments: [], words: [], duration: 3 }).basis, "estimated");
    assert.equal(heard({ task: "transcribe", text: TEXT, segments: [{ start: 0, end: 3, text: TEXT }] }, 60).basis, "aligned");
  });

  it("keeps every word, in the time of the sound, whatever is said", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("one", "Two.", "три", "日本。", "\n\n", "42", "(well)", "“so?”"), { minLength: 1, maxLength: 60 }), fc.integer({ min: 5, max: 4000 }), (words, seconds) => {
        const text = words.join(" ");
        if (!/[\p{L}\p{N}]/u.test(text)) return;
        const transcript = heard({ text }, seconds);
        checkTranscript(transcript);
        assert.equal(spokenWords(transcript.cues).join(""), text.replace(/[^\p{L}\p{N}]/gu, ""));
        assert.ok(transcript.cues.at(-1)!.end <= seconds + 0.5);
      }),
    );
  });
});
