import assert from "node:assert/strict";
import * as fc from "fast-check";
import { parseText } from "media-captions";
import { readTranscript } from "../../../../src/import/read/readTranscript.ts";
import { recognizeFormat } from "../../../../src/import/read/recognizeFormat.ts";
import { bytesOf, checkTranscript, codes, fixture, lettersAndDigits, PACE, read, refuse, spokenWords } from "./reading.ts";

const SRT = "1\n00:00:01,000 --> 00:00:02,000\nOne.\n\n2\n00:00:02,000 --> 00:00:03,000\nTwo & <i>a half</i>.\n";
const TTML = '<?xml version="1.0"?>\n<tt xmlns="http://www.w3.org/ns/ttml"><body><div><p begin="1s" end="2s">One &amp; <span begin="0s">two</span></p></div></body></tt>';
const WHISPER = { language: "en", segments: [{ start: 0, end: 1, text: " One two.", words: [{ word: " One", start: 0, end: 0.5 }, { word: " two.", start: 0.5, end: 1 }] }] };
const MARKDOWN = "# Title\n\nOne **bold** [link](x).\n\n- a point\n- another\n\n```\ncode\n```\n";

const WORD = fc.constantFrom("one", "two,", "three.", "Four", "fünf", "6", "it's", "你好", "end!");
const SENTENCE = fc.array(WORD, { minLength: 1, maxLength: 8 }).map((words) => words.join(" "));
/** Cues in order of time, in milliseconds. */
const CUES = fc.array(fc.record({ gap: fc.integer({ min: 0, max: 900 }), length: fc.integer({ min: 1, max: 9000 }), text: SENTENCE }), { minLength: 1, maxLength: 12 }).map((items) => {
  let at = 0;
  return items.map(({ gap, length, text }) => {
    const start = at + gap;
    at = start + length;
    return { start, end: at, text };
  });
})
  // A cue that begins with the one before it cannot be told from a live caption that is still growing.
  .filter((cues) => cues.every(({ text }, index) => index === 0 || !`${text} `.startsWith(`${cues[index - 1]!.text} `)));

describe("reading a transcript", () => {
  it("goes by the content, whatever the name says, and says when these differ", () => {
    const cases: readonly (readonly [string, string, string])[] = [
      ["voice.txt", SRT, "SubRip subtitles"],
      ["voice.srt", `WEBVTT\n\n${SRT.replaceAll(",", ".")}`, "WebVTT subtitles"],
      ["voice.srt", JSON.stringify(WHISPER), "Whisper JSON"],
      ["voice.json", SRT, "SubRip subtitles"],
      ["voice.vtt", TTML, "TTML subtitles"],
      ["voice.json", TTML, "TTML subtitles"],
    ];
    for (const [name, text, format] of cases) {
      const transcript = read(text, name);
      assert.equal(transcript.format, format);
      assert.equal(transcript.findings[0]!.code, "wrong-label");
    }
    for (const [name, text] of [["voice.srt", SRT], ["voice.ttml", TTML], ["a.json", JSON.stringify(WHISPER)], ["notes.txt", MARKDOWN], ["n.md", "Just words."], ["noname", SRT], ["voice.xyz", SRT]] as const) {
      assert.deepEqual(codes(read(text, name).findings).filter((code) => code === "wrong-label"), []);
    }
    const [error] = refuse("Just words, no times.", "voice.srt");
    assert.deepEqual([error!.code, error!.message, error!.file], ["wrong-label", "the name says SubRip subtitles, but there is no time in it", "voice.srt"]);
  });

  it("recognizes a format by how it begins", () => {
    const kinds = [SRT, `WEBVTT\n\n${SRT}`, TTML, JSON.stringify(WHISPER), "[]", MARKDOWN, "Words.", "[Script Info]\nTitle: x", "{1}{25}Hi", "0:00:01.000,0:00:02.000\nHi\n", "[ar:X]\n[00:12.00]Hi", "WEBVTTX is a word"].map((text) => recognizeFormat(text).kind);
    assert.deepEqual(kinds, ["subrip", "webvtt", "ttml", "json", "json", "markdown", "plain", "refused", "refused", "refused", "refused", "plain"]);
    assert.match(refuse("\n[Script Info]\nTitle: x")[0]!.message, /this is an Advanced SubStation subtitle \(ASS, SSA\), which is not read/);
  });

  it("agrees with a library about subtitles that are well made", async () => {
    await fc.assert(
      fc.asyncProperty(CUES, fc.constantFrom("srt" as const, "vtt" as const), async (cues, type) => {
        const clock = (ms: number) => new Date(ms).toISOString().slice(11, 23).replace(".", type === "srt" ? "," : ".");
        const text = (type === "vtt" ? "WEBVTT\n\n" : "") + cues.map(({ start, end, text }, index) => `${index + 1}\n${clock(start)} --> ${clock(end)}\n${text}\n`).join("\n");
        const theirs = await parseText(text, { type });
        const ours = read(text);
        if (ours.findings.some(({ code }) => code === "rolling-captions")) return;
        assert.deepEqual(ours.cues.map(({ start, end, text }) => [start, end, text]), theirs.cues.map(({ startTime, endTime, text }) => [Math.round(startTime * 1000) / 1000, Math.round(endTime * 1000) / 1000, text]));
      }),
    );
  });

  it("keeps every word in its order, from every format", () => {
    fc.assert(
      fc.property(CUES, fc.constantFrom(...Object.keys(WRITERS)), (cues, format) => {
        const transcript = read(WRITERS[format]!(cues));
        checkTranscript(transcript);
        assert.equal(spokenWords(transcript.cues).join(""), cues.flatMap(({ text }) => lettersAndDigits(text)).join(""), format);
      }),
      { numRuns: 300 },
    );
  });

  const good: readonly string[] = [SRT, `WEBVTT\n\n${SRT.replaceAll(",", ".")}`, TTML, JSON.stringify(WHISPER), MARKDOWN, "One. Two.\n\nThree.", new TextDecoder().decode(fixture("apollo-11.whisper.json")).slice(0, 2000)];

  it("never throws on any bytes, and either gives a sound transcript or says an error", () => {
    fc.assert(fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: "binary", maxLength: 200 }).map(bytesOf)), check), { numRuns: 500 });
  });

  it("never throws on what was cut off or changed", () => {
    const scraps = fc.constantFrom("", "\n", "-->", "00:00:01,000 --> 00:00:02,000\n", "<", ">", "{", "}", '"', "null", "1e999", "-1", "[", "]", "&#0;", "</p>", "\0", "99:99:99,999", "```", "begin=", "\uFEFF", "NaN", "\\");
    fc.assert(
      fc.property(fc.constantFrom(...good), fc.array(fc.tuple(fc.nat(), fc.nat({ max: 12 }), scraps), { maxLength: 4 }), fc.nat(), (text, changes, end) => {
        let changed = text;
        for (const [at, length, scrap] of changes) changed = changed.slice(0, at % (changed.length + 1)) + scrap + changed.slice((at % (changed.length + 1)) + length);
        check(bytesOf(end % 3 === 0 ? changed.slice(0, end % (changed.length + 1)) : changed));
      }),
      { numRuns: 1500 },
    );
  });

  it("is never wrong about a JSON whose values have other kinds", () => {
    const odd = fc.constantFrom<unknown>(null, "x", -1, 1e300, [], {}, true, "", ["a"]);
    fc.assert(
      fc.property(fc.constantFrom<keyof typeof WRITERS>("whisper", "whisperCpp", "words", "deepgram", "elevenLabs", "amazon"), fc.nat(), odd, (format, at, value) => {
        let count = 0;
        const text = JSON.stringify(JSON.parse(WRITERS[format]!([{ start: 0, end: 1000, text: "one two" }])), (_, item: unknown) => (count++ === (at % 24) + 1 ? value : item));
        check(bytesOf(text));
      }),
      { numRuns: 500 },
    );
  });

  // What takes time by the square of a length never comes to an end here.
  it("takes its time only by the length of a file", () => {
    const many = 30_000;
    const hostile = ["[", "{", "<", "*", "_", "`", "![", "[a](", "<!--", "<p>", "\\", "&", "-", "- ", "> ", "#", "# ", "1\n", "\n", " ", "a", "a ", "a.", "A. ", "—", "é", "你", "!", "{\\", "<v ", "00:00:01,000 --> ", "0:0:0 -> 0:0:0\n", "00:00:01,000 --> 00:00:01,000\na\n", "00:00:09,000 --> 00:00:01,000\na\n\n", '{"', "|", "= ", "A:", "BOB: "].map((part) => part.repeat(Math.ceil(many / part.length)));
    const long = [`WEBVTT\n\n00:00.000 --> 00:01.000\n${"<v a>b\n".repeat(5_000)}`, `<tt><body><p begin="0s" end="1s">${"<span>a</span>".repeat(5_000)}</p></body></tt>`, JSON.stringify({ segments: Array.from({ length: 5_000 }, () => ({ start: 5, end: 1, text: "a" })) }), JSON.stringify({ words: Array.from({ length: 5_000 }, () => ({ word: "a" })) })];
    for (const text of [...hostile.map((part) => `# x\n\n${part}`), ...long, ...hostile.map((part) => `${SRT}\n${part}`)]) check(bytesOf(text));
  });

  it("lists of one kind of finding the first fifty and how many more there are", () => {
    const text = Array.from({ length: 80 }, (_, index) => `00:${String(index).padStart(2, "0")}:01,000 --> 00:${String(index).padStart(2, "0")}:01,000\nWord ${index}.\n`).join("\n");
    const { findings, cues } = read(text);
    assert.deepEqual([cues.length, findings.length, findings.at(-1)!.message], [80, 51, "and 30 more places like this one"]);
  });
});

function check(bytes: Uint8Array): void {
  const { transcript, problems } = readTranscript({ name: "voice", bytes }, PACE);
  if (transcript) checkTranscript(transcript);
  else assert.ok(problems.some(({ severity }) => severity === "error"));
  assert.ok(problems.every(({ message, range }) => message !== "" && !message.includes("\n") && (range === undefined || range.start.line >= 0)));
}

interface WrittenCue {
  /** Milliseconds. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const seconds = ({ start, end, text }: WrittenCue) => ({ start: start / 1000, end: end / 1000, text });
const words = (cue: WrittenCue) => {
  const all = cue.text.split(" ");
  const at = (index: number) => (cue.start + ((cue.end - cue.start) * index) / all.length) / 1000;
  return all.map((word, index) => ({ word, start: at(index), end: at(index + 1) }));
};

const WRITERS: Readonly<Record<string, (cues: readonly WrittenCue[]) => string>> = {
  subrip: (cues) => cues.map(({ start, end, text }, index) => `${index + 1}\n${new Date(start).toISOString().slice(11, 23)} --> ${new Date(end).toISOString().slice(11, 23)}\n${text.replaceAll(" ", "\n")}\n`).join("\n"),
  webvtt: (cues) => `WEBVTT\n\n${cues.map(({ start, end, text }) => `${new Date(start).toISOString().slice(11, 23)} --> ${new Date(end).toISOString().slice(11, 23)}\n<v Bob>${text}\n`).join("\n")}`,
  ttml: (cues) => `<tt><body>${cues.map(({ start, end, text }) => `<p begin="${start}ms" end="${end}ms">${text}</p>`).join("\n")}</body></tt>`,
  whisper: (cues) => JSON.stringify({ segments: cues.map((cue) => ({ ...seconds(cue), words: words(cue) })) }),
  whisperCpp: (cues) => JSON.stringify({ transcription: cues.map(({ start, end, text }) => ({ offsets: { from: start, to: end }, text })) }),
  verbose: (cues) => JSON.stringify({ task: "transcribe", segments: cues.map(seconds), words: cues.flatMap(words) }),
  words: (cues) => JSON.stringify({ words: cues.flatMap(words) }),
  deepgram: (cues) => JSON.stringify({ results: { channels: [{ alternatives: [{ words: cues.flatMap(words) }] }] } }),
  elevenLabs: (cues) => {
    const characters = cues.map(({ text }) => text).join(" ").split("");
    return JSON.stringify({ alignment: { characters, character_start_times_seconds: characters.map((_, index) => index / 10), character_end_times_seconds: characters.map((_, index) => (index + 1) / 10) } });
  },
  scribe: (cues) => JSON.stringify({ words: cues.flatMap(words).flatMap(({ word, start, end }) => [{ text: word, start, end, type: "word" }, { text: " ", type: "spacing" }]) }),
  amazon: (cues) => JSON.stringify({ results: { items: cues.flatMap(words).map(({ word, start, end }) => ({ type: "pronunciation", start_time: start.toFixed(3), end_time: end.toFixed(3), alternatives: [{ content: word }] })) } }),
  plain: (cues) => cues.map(({ text }) => text).join("\n\n"),
  markdown: (cues) => `# Heading\n\n${cues.map(({ text }) => `- **${text}**`).join("\n")}`,
};
