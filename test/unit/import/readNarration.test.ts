import assert from "node:assert/strict";
import { readHeard, readNarration } from "../../../src/import/readNarration.ts";
import type { SpokenSound } from "../../../src/pipeline/ports.ts";
import { wavOf } from "../../support/sound.ts";

describe("narration", () => {
  const signal = new AbortController().signal;
  const nobody = () => assert.fail("nobody is to be asked");
  const bytesOf = (text: string) => new TextEncoder().encode(text);
  const ear = (answer: string, asked: SpokenSound[] = []) => () => ({
    name: "fake/ear",
    transcribe: async (sound: SpokenSound) => {
      asked.push(sound);
      return { name: sound.name, bytes: bytesOf(answer) };
    },
  });

  it("is read where the file is text, whatever its name says, and nobody is asked", async () => {
    const { transcript, heard } = await readNarration({ name: "voice.mp3", bytes: bytesOf("ID3 is a tag. She drinks.") }, { wordsPerMinute: 150, signal, transcriber: nobody });
    assert.deepEqual([transcript!.cues.length, transcript!.format, heard], [2, "plain text", undefined]);
  });

  it("is an error of the file where it is neither text nor sound, and nobody is asked", async () => {
    const { transcript, problems } = await readNarration({ name: "voice.wav", bytes: bytesOf("%PDF-1.7\n") }, { wordsPerMinute: 150, signal, transcriber: nobody });
    assert.deepEqual([transcript, problems.map(({ code }) => code)], [undefined, ["binary-file"]]);
  });

  it("is heard where the file is sound, also beyond the size of any text, and says by whom", async () => {
    const asked: SpokenSound[] = [];
    const bytes = wavOf(21 * 1024 * 1024 / 8000);
    const answer = '{"segments":[\n{"start":0,"end":2,"text":"She drinks."}]}';
    const { transcript, heard } = await readNarration({ name: "voice.txt", bytes }, { wordsPerMinute: 150, language: "en", signal, transcriber: ear(answer, asked) });
    assert.deepEqual(asked.map(({ name, ending, language }) => [name, ending, language]), [["voice.txt", "wav", "en"]]);
    assert.equal(asked[0]!.bytes, bytes);
    assert.deepEqual([transcript!.format, transcript!.basis, transcript!.cues[0]!.line], ["a WAV recording, transcribed by fake/ear", "aligned", undefined]);
    assert.deepEqual(transcript!.source, { file: "voice.txt", format: "WAV recording", model: "fake/ear" });
    assert.deepEqual(heard, { by: "fake/ear", answer: bytesOf(answer) });
  });

  it("has the length of the sound where only words were heard, unless the answer says another", async () => {
    const end = async (answer: string) => (await readNarration({ name: "v", bytes: wavOf(9) }, { wordsPerMinute: 150, signal, transcriber: ear(answer) })).transcript!.cues.at(-1)!.end;
    assert.deepEqual([await end('{"text":"She drinks."}'), await end('{"text":"She drinks.","duration":7}')], [9, 7]);
  });

  it("is the same when what was heard is read again, by whatever pace", async () => {
    for (const [answer, wordsPerMinute] of [['{"text":"She drinks. He waits."}', 90], ['{"segments":[{"start":0,"end":2,"text":"She drinks."}]}', 200], ['{"text":""}', 150]] as const) {
      const { heard, ...narration } = await readNarration({ name: "v.wav", bytes: wavOf(9) }, { wordsPerMinute, signal, transcriber: ear(answer) });
      const facts = { by: heard!.by, format: "a WAV recording", seconds: 9 };
      assert.deepEqual(readHeard({ name: "v.wav", bytes: heard!.answer }, facts, { wordsPerMinute }), narration);
    }
  });

  it("comes with the answer also where nothing was heard, and with no lines that nobody sees", async () => {
    const silent = await readNarration({ name: "v.wav", bytes: wavOf(9) }, { wordsPerMinute: 150, signal, transcriber: ear('{"text":""}') });
    assert.equal(silent.transcript, undefined);
    assert.ok(silent.problems.every(({ severity, range, file }) => severity === "error" && range === undefined && file === "v.wav"));
    assert.equal(silent.heard!.by, "fake/ear");
  });
});
