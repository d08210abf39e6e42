import assert from "node:assert/strict";
import * as fc from "fast-check";
import { repeatedKeys } from "../../../../src/core/documents/repeatedKeys.ts";
import { positionAt } from "../../../../src/core/documents/source.ts";

describe("the keys of a JSON text that stand twice", () => {
  it("are none where an object has each key once, however deep and in whatever texts", () => {
    const values = fc.jsonValue({ maxDepth: 6, stringUnit: fc.constantFrom("a", '"', "\\", "{", "}", ":", "\n") });
    fc.assert(fc.property(values, fc.nat(2), (value, indent) => assert.deepEqual(repeatedKeys(JSON.stringify(value, undefined, indent)), [])));
  });

  it("are found where they stand again, at any depth and however they are written", () => {
    const cases = fc.record({ value: fc.jsonValue({ maxDepth: 6 }), choice: fc.nat(), isEscaped: fc.boolean(), indent: fc.nat(2) });
    fc.assert(
      fc.property(cases, ({ value, choice, isEscaped, indent }) => {
        const text = JSON.stringify({ top: value }, undefined, indent);
        const objects = objectsOf(text);
        const { end, key, keyStart } = objects[choice % objects.length]!;
        const again = isEscaped ? escaped(key) : JSON.stringify(key);
        const doubled = `${text.slice(0, end)},\n ${again} : 0${text.slice(end)}`;
        JSON.parse(doubled);
        const range = { start: positionAt(doubled, end + 3), end: positionAt(doubled, end + 3 + again.length) };
        assert.deepEqual(repeatedKeys(doubled), [{ key, range, firstLine: positionAt(doubled, keyStart).line }]);
      }),
    );
  });

  it("are each named once more for every time they stand again", () => {
    const found = repeatedKeys('{"a":1,"a":{"a":2,"b":3,"b":4},\n"a":5}');
    assert.deepEqual(found.map(({ key, range, firstLine }) => [key, range.start.line, range.start.character, firstLine]), [["a", 0, 7, 0], ["b", 0, 24, 0], ["a", 1, 0, 0]]);
  });

  it("take no deep nesting and no long text to fail", () => {
    assert.deepEqual(repeatedKeys('{"a":'.repeat(100_000) + `"${"\\\\".repeat(100_000)}"` + "}".repeat(100_000)), []);
  });
});

interface ObjectPlace {
  /** Offset behind its last value. */
  readonly end: number;
  /** Its first key, and where that stands. */
  readonly key: string;
  readonly keyStart: number;
}

/** The objects of a text that JSON.stringify wrote, but for the empty ones. */
function objectsOf(text: string): ObjectPlace[] {
  const found: ObjectPlace[] = [];
  const open: (number | undefined)[] = [];
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (token === "{") open.push(undefined);
    else if (token === "}") {
      const keyStart = open.pop();
      if (keyStart !== undefined) found.push({ end: text.slice(0, index).trimEnd().length, key: keyAt(text, keyStart), keyStart });
    } else if (open.length && open.at(-1) === undefined) open[open.length - 1] = index;
  }
  return found;
}

function keyAt(text: string, start: number): string {
  return JSON.parse(/"(?:[^"\\]|\\.)*"/y.exec(text.slice(start))![0]) as string;
}

function escaped(key: string): string {
  return `"${key.split("").map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`).join("")}"`;
}
