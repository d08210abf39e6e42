import assert from "node:assert/strict";
import * as fc from "fast-check";
import { formatTimingMap, parseTimingMap, type TimingMap } from "../../../../src/core/documents/timingMapDocument.ts";
import { timingMaps } from "../arbitraries.ts";

describe("a timing map's document", () => {
  it("reads what it wrote", () => {
    fc.assert(fc.property(timingMaps, (map) => assert.deepEqual(read(formatTimingMap(map)), map)));
  });

  it("says the new map, whatever stood there, and keeps CRLF", () => {
    fc.assert(
      fc.property(timingMaps, timingMaps, (before, after) => {
        const written = formatTimingMap(after, formatTimingMap(before).replaceAll("\n", "\r\n"));
        assert.deepEqual(read(written), after);
        assert.equal(written.replaceAll("\r\n", "").includes("\n"), false);
        assert.equal(formatTimingMap(after, written), written);
      }),
    );
  });

  it("is given back byte for byte where nothing changed", () => {
    for (const text of [PERSONAL, PERSONAL.trimEnd(), PERSONAL.replaceAll("\n", "\r\n"), `\uFEFF${PERSONAL}`]) {
      assert.equal(formatTimingMap(read(text), text), text);
    }
  });

  it("keeps unknown keys, on top and in segments", () => {
    const map = read(PERSONAL);
    const segments = [map.segments[1]!, { ...map.segments[0]!, narration: "New." }];
    assert.deepEqual(JSON.parse(formatTimingMap({ ...map, segments }, PERSONAL)), {
      format: 1,
      basis: "estimated",
      tool: { name: "x" },
      segments: [{ id: "segment_2", start: 2, end: 3, narration: "" }, { id: "segment_1", start: 0, end: 2, narration: "New.", mood: [1] }],
    });
  });

  it("puts each segment on a line of its own", () => {
    assert.equal(
      formatTimingMap({ format: 1, basis: "aligned", duration: 3, segments: read(PERSONAL).segments }),
      '{\n  "format": 1,\n  "basis": "aligned",\n  "duration": 3,\n  "segments": [\n' +
        '    {"id":"segment_1","start":0,"end":2,"narration":"Old."},\n    {"id":"segment_2","start":2,"end":3,"narration":""}\n  ]\n}\n',
    );
  });

  it("rounds every time to 3 decimals", () => {
    const words: [number, number, string][] = [[0.12345, 0.6789, "Hi"]];
    const map: TimingMap = { format: 1, basis: "aligned", duration: 1.00049, segments: [{ id: "a", start: 0.1 + 0.2, end: 0.99951, narration: "Hi", words }] };
    const { duration, segments } = read(formatTimingMap(map));
    assert.deepEqual([duration, segments[0]], [1, { id: "a", start: 0.3, end: 1, narration: "Hi", words: [[0.123, 0.679, "Hi"]] }]);
  });

  it("holds the whole of a segment", () => {
    const segment = { id: "a", start: 0, end: 1, narration: "", audio: "a.wav", speaker: "Maria", words: [] };
    const source = { file: "voice.mp3", format: "MP3 recording", model: "openai/whisper-1", take: 3 };
    const map: TimingMap = { format: 1, basis: "aligned", voice: "a voice", frameRate: 25, source, segments: [segment, { id: "b", start: 1, end: 2, narration: "", speakers: ["Maria", "Ann"] }] };
    assert.deepEqual(read(formatTimingMap(map)), map);
  });
});

describe("a timing map with a mistake", () => {
  it("names every segment out of order, double or without length, with the line", () => {
    const problems = problemsOf([
      '{"id":"a","start":0,"end":2,"narration":""}',
      '{"id":"b","start":1.9,"end":3,"narration":""}',
      '{"id":"a","start":3,"end":3,"narration":""}',
      '{"id":"c","start":1,"end":2,"narration":""}',
      '{"id":"d","start":9,"end":8,"narration":""}',
    ]);
    assert.deepEqual(problems, [
      [4, 20, "b: starts at 1.9 s, before a ends (2 s)"],
      [5, 8, "a: this id already names item 1 of the map"],
      [5, 28, "a: ends at 3 s, but starts at 3 s"],
      [6, 20, "c: starts at 1 s, before a ends (3 s)"],
      [7, 28, "d: ends at 8 s, but starts at 9 s"],
    ].map(([line, character, message]) => ({ line, character, message })));
  });

  it("lets segments touch, and leave gaps", () => {
    assert.deepEqual(problemsOf(['{"id":"a","start":0,"end":2,"narration":""}', '{"id":"b","start":2,"end":3,"narration":""}', '{"id":"c","start":5,"end":6,"narration":""}']), []);
  });

  it("compares the duration with the end of the last segment", () => {
    const text = '{"format":1,"basis":"aligned",\n"duration":2.5,\n"segments":[{"id":"a","start":0,"end":3,"narration":""}]}';
    const [problem] = parseTimingMap(text).problems;
    assert.deepEqual([problem?.message, problem?.range?.start.line, Boolean(problem?.hint)], ["duration: 2.5 s, but a ends at 3 s", 1, true]);
    assert.deepEqual(parseTimingMap(text.replace("2.5", "3.2")).problems, []);
  });

  it("refuses ids that cannot be names, negative times and unknown bases", () => {
    assert.deepEqual(problemsOf(['{"id":"../x","start":0,"end":1,"narration":""}', '{"id":"b","start":-1,"end":1,"narration":""}']).map(({ line }) => line), [3, 4]);
    assert.match(parseTimingMap('{"format":1,"basis":"guessed","segments":[]}').problems[0]!.message, /^basis: /);
  });

  it("names the line of a text that is not JSON", () => {
    const texts: [string, number][] = [
      ["{\n  \"format\": 1,\n  \"basis\": \"aligned\",\n}", 3],
      ["{\n  \"format\": 1,\n  \"segments\": [\n    1,\n  ]\n}", 4],
      ["{\n  \"format\": 1,\n  \"basis\": 'aligned'\n}", 2],
      ["{\n  \"format\": 1\n  \"basis\": 2\n}", 2],
      ["{\n  // mine\n  \"format\": 1\n}", 1],
      ["{\n  \"format\": 1,\n  \"basis\":", 2],
      ["{\n  \"format\": 1,\n  \"basis\": \"a\nb\"\n}", 2],
      ["not JSON at all", 0],
    ];
    for (const [text, line] of texts) {
      const { value, problems } = parseTimingMap(text);
      assert.equal(value, undefined);
      assert.equal(problems.length, 1);
      assert.deepEqual([problems[0]!.code, problems[0]!.range?.start.line], ["not-json", line], `${text}: ${problems[0]!.message}`);
      assert.ok(problems[0]!.hint);
    }
  });

  it("names the line of a key that stands twice, of which only one would count", () => {
    const text = '{"format":1,"basis":"aligned",\n"segments":[\n{"id":"a","start":0,"end":2,"narration":"",\n "start":1}]}';
    const { value, problems } = parseTimingMap(text);
    const hint = "Keep one of the two: only one of the values can count.";
    const range = { start: { line: 3, character: 1 }, end: { line: 3, character: 8 } };
    const message = 'the key "start" stands twice in one object, first on line 3';
    assert.deepEqual([value, problems], [undefined, [{ severity: "error", code: "repeated-key", message, hint, file: "timing-map.json", range }]]);
    assert.equal(parseTimingMap(text.replace("2,", '2,"end":2,')).problems[0]!.message, 'the key "end" stands twice in one object, first earlier on this line');
  });

  it("says that a newer version wrote it, before all else", () => {
    const { problems } = parseTimingMap('{"format":2,"basis":"guessed","segments":[]}');
    assert.deepEqual(problems.map(({ severity, code }) => [severity, code]), [["warning", "newer-format"], ["error", "invalid-value"]]);
  });
});

const PERSONAL = `{ "basis": "estimated", "tool": {"name": "x"},
  "format": 1,
  "segments": [
    {"id": "segment_1", "mood": [1], "start": 0.0, "end": 2, "narration": "Old."},

    {"id": "segment_2", "start": 2, "end": 3, "narration": ""} ] }
`;

function read(text: string): TimingMap {
  const { value, problems } = parseTimingMap(text);
  assert.deepEqual(problems, []);
  return value!;
}

function problemsOf(items: readonly string[]): { line: number | undefined; character: number | undefined; message: string }[] {
  const { problems } = parseTimingMap(`{\n"format":1,"basis":"aligned",\n"segments":[\n  ${items.join(",\n  ")}\n]}`);
  assert.ok(problems.every(({ file, hint, severity, code }) => file === "timing-map.json" && severity === "error" && (hint || code === "invalid-value")));
  return problems.map(({ range, message }) => ({ line: range?.start.line, character: range?.start.character, message }));
}
