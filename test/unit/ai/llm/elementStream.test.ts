import assert from "node:assert/strict";
import fc from "fast-check";
import { ElementScanner, scanElements, scanObject, type ScannedElement, type ScanLimits } from "../../../../src/ai/llm/elementStream.ts";

function scan(text: string, cuts: readonly number[] = [], arrays: readonly string[] = ["segments"]): ScannedElement[] {
  const scanner = new ElementScanner(arrays);
  const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b);
  return [...places, text.length].flatMap((end, index) => scanner.push(text.slice(places[index - 1] ?? 0, end)));
}

function values(elements: readonly ScannedElement[]): unknown[] {
  return elements.map(({ value }) => value);
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const json = fc.jsonValue({ maxDepth: 4 });
const key = fc.oneof(fc.string(), fc.constantFrom("__proto__", "constructor", "toString", 'a"b', "\\", "segment", "segmentss", "é😀"));
const otherKey = key.filter((name) => name !== "segments");
const element = fc.oneof({ arbitrary: fc.array(fc.tuple(key, json)).map((entries) => Object.fromEntries(entries)), weight: 4 }, { arbitrary: json, weight: 1 });
const members = fc.array(fc.tuple(otherKey, json));
const cuts = fc.array(fc.nat({ max: 5000 }), { maxLength: 30 });
const indent = fc.constantFrom(undefined, 2, "\t");

describe("the element scanner", () => {
  it("gives what JSON.parse gives, however the answer is cut into chunks", () => {
    fc.assert(
      fc.property(fc.array(element), fc.tuple(members, members), fc.tuple(cuts, indent), (elements, [before, after], [places, space]) => {
        const written = [...before, ["segments", elements] as const, ...after].map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value, undefined, space)}`);
        const text = `{${written.join(",\n")}}`;
        const expected = (JSON.parse(text) as { segments: unknown[] }).segments.filter(isObject);
        assert.deepEqual(values(scan(text, places)), expected);
      }),
      { numRuns: 120 },
    );
  });

  it("gives the same for one character at a time", () => {
    fc.assert(
      fc.property(fc.array(element), (elements) => {
        const text = JSON.stringify({ segments: elements });
        const scanner = new ElementScanner(["segments"]);
        assert.deepEqual(values(Array.from({ length: text.length }, (_, index) => scanner.push(text[index]!)).flat()), elements.filter(isObject).map((value) => JSON.parse(JSON.stringify(value)) as unknown));
      }),
      { numRuns: 50 },
    );
  });

  it("passes over prose, thoughts and fences before the object, and over whatever follows it", () => {
    const prose = fc.string().filter((text) => !/[[{<]/.test(text));
    const thought = fc.string().filter((text) => !text.includes("</think>")).map((text) => `<think>${text}{"segments":[{"id":"no"}]}</think>`);
    fc.assert(
      fc.property(fc.array(element), fc.tuple(prose, fc.oneof(thought, fc.constant("")), prose), fc.tuple(fc.string(), cuts, fc.boolean()), (elements, [a, b, c], [after, places, isBare]) => {
        const objects = elements.filter(isObject);
        const body = isBare ? JSON.stringify(objects) : JSON.stringify({ segments: objects });
        if (isBare && objects.length === 0) return;
        const text = `${a}${b}${c}\n\`\`\`json\n${body}\n\`\`\`\n${after}`;
        assert.deepEqual(values(scan(text, places)), JSON.parse(JSON.stringify(objects)));
      }),
      { numRuns: 120 },
    );
  });

  it("gives what is whole of an answer that is cut off anywhere, and nothing else", () => {
    fc.assert(
      fc.property(fc.array(element.filter(isObject), { minLength: 1 }), fc.nat(), (elements, place) => {
        const texts = elements.map((value) => JSON.stringify(value));
        const text = `{"segments":[${texts.join(",")}]}`;
        const end = place % text.length;
        let position = '{"segments":['.length;
        const ends = texts.map((item) => (position += item.length + 1) - 1);
        const whole = ends.filter((itemEnd) => itemEnd <= end).length;
        assert.deepEqual(values(scan(text.slice(0, end))), elements.slice(0, whole).map((value) => JSON.parse(JSON.stringify(value)) as unknown));
      }),
      { numRuns: 80 },
    );
  });

  it("gives each element with the chunk that closes it", () => {
    const scanner = new ElementScanner(["segments"]);
    assert.equal(scanner.state, "prose");
    assert.deepEqual(scanner.push('{"segments": [{"id":"a"'), []);
    assert.equal(scanner.state, "inside");
    assert.deepEqual(scanner.push("}"), [{ array: "segments", text: '{"id":"a"}', value: { id: "a" } }]);
    assert.deepEqual(values(scanner.push(', {"id":"b"}, {"id":"c"} ]')), [{ id: "b" }, { id: "c" }]);
    assert.equal(scanner.state, "closed");
    assert.deepEqual(scanner.push('{"segments":[{"id":"d"}]}'), []);
  });

  it("keeps strings whole that hold brackets, escapes and halves of a character", () => {
    const value = { id: 'x"]}\\', text: "a{b[c\n😀\u2028 \\u0041", nested: { list: [{ a: "}" }] } };
    const text = JSON.stringify({ segments: [value] });
    for (let cut = 0; cut <= text.length; cut++) assert.deepEqual(values(scan(text, [cut])), [value]);
  });

  it("reads several arrays of one object, each under its name", () => {
    const text = '{"assets":[{"id":"a"}],"x":{"scenes":[{"id":"no"}]},"scenes":[{"from":"b"},{"from":"c"}]}';
    assert.deepEqual(scan(text, [], ["assets", "scenes"]).map(({ array, text: said }) => [array, said]), [
      ["assets", '{"id":"a"}'],
      ["scenes", '{"from":"b"}'],
      ["scenes", '{"from":"c"}'],
    ]);
  });

  it("gives an element that is no JSON without a value, and goes on", () => {
    assert.deepEqual(values(scan('{"segments":[{"id":a},{"id":"b",},{"id":"c"}]}')), [undefined, undefined, { id: "c" }]);
  });

  it("takes prose with brackets for prose", () => {
    assert.deepEqual(values(scan('Here are [3] {drafts} [ ] <th <think>{"segments":[{"id":"no"}]}</thin</think>: {"segments":[{"id":"a"}]}')), [{ id: "a" }]);
  });

  it("looks for the array in the next object where the first has none", () => {
    assert.deepEqual(values(scan('{"note":"for you"} {"segments":[{"id":"a"}]}')), [{ id: "a" }]);
  });

  it("finds the object of an answer that is one", () => {
    assert.deepEqual(scanObject('<think>{"finalPrompt":"no"}</think> {a} {"b" c} ```json\n{ "finalPrompt": "A {shot}." }\n``` {"finalPrompt":"later"}'), { finalPrompt: "A {shot}." });
    assert.equal(scanObject('{"finalPrompt":"cut'), undefined);
    assert.deepEqual(scanObject("{}"), {});
  });

  it("leaves prototypes alone", () => {
    const [found] = scan('{"segments":[{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}]}');
    assert.equal(({} as { polluted?: boolean }).polluted, undefined);
    assert.ok(Object.hasOwn(found!.value as object, "__proto__"));
  });

  const limits: ScanLimits = { depth: 4, elementLength: 40, length: 200 };

  it("stops at brackets that are too deep, in an element and beside it", () => {
    for (const text of ['{"segments":[{"id":"a"},{"x":[[[[1]]]]}', '{"x":[[[[[1]]]]],"segments":[{"id":"a"}]}', '{"segments":[{"id":"a"},[[[[[[', "{\"a\":".repeat(60)]) {
      const scanner = new ElementScanner(["segments"], limits);
      scanner.push(text);
      assert.equal(scanner.state, "overflow", text);
      assert.deepEqual(scanner.push('}]}{"segments":[{"id":"b"}]}'), []);
    }
  });

  it("stops at an element that is too long, wherever it is cut, and at an answer that is", () => {
    for (const size of [1, 7, 1000]) {
      const scanner = new ElementScanner(["segments"], limits);
      const text = `{"segments":[{"id":"a"},{"id":"${"b".repeat(60)}"},{"id":"c"}]}`;
      const found = (text.match(new RegExp(`.{1,${size}}`, "g")) ?? []).flatMap((chunk) => scanner.push(chunk));
      assert.deepEqual(values(found), [{ id: "a" }]);
      assert.equal(scanner.state, "overflow");
    }
    const scanner = new ElementScanner(["segments"], limits);
    for (let index = 0; index < 201; index++) scanner.push("x");
    assert.equal(scanner.state, "overflow");
  });

  it("survives two megabytes of braces", () => {
    assert.deepEqual(scanElements("{".repeat(2_000_000), ["segments"]), []);
    assert.deepEqual(scanElements(`{"segments":[${"{".repeat(2_000_000)}`, ["segments"]), []);
  });
});
