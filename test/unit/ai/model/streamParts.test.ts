import assert from "node:assert/strict";
import fc from "fast-check";
import { readServerSentEvents } from "../../../../src/ai/model/serverSentEvents.ts";
import { createVisibleText } from "../../../../src/ai/model/visibleText.ts";

async function* cut(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (const size of sizes) {
    yield bytes.subarray(at, at + size);
    at += size;
  }
  yield bytes.subarray(at);
}

async function read(text: string, sizes: readonly number[] = []): Promise<string[]> {
  const all: string[] = [];
  for await (const events of readServerSentEvents(cut(new TextEncoder().encode(text), sizes))) all.push(...events);
  return all;
}

describe("server-sent events", () => {
  it("are the same however the network cuts them, with any line ends", async () => {
    const line = fc.string({ unit: "grapheme" }).map((text) => text.replace(/[\r\n\uFEFF]/g, "x"));
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 6 }), fc.constantFrom("\n", "\r\n", "\r"), fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 40 }), async (lines, end, sizes) => {
        const text = lines.map((data) => `: comment${end}event: x${end}data: ${data}${end}${end}`).join("");
        assert.deepEqual(await read(text, sizes), lines);
      }),
    );
  });

  it("join the lines of one event, need no blank after the colon and no blank line at the end", async () => {
    assert.deepEqual(await read("data:a\ndata: b\n\nid: 7\n\ndata: last"), ["a\nb", "last"]);
  });

  it("read a long event in pieces in linear time", async () => {
    const data = "x".repeat(2_000_000);
    assert.equal((await read(`data: ${data}\n\n`, Array.from({ length: 20_000 }, () => 100)))[0]?.length, data.length);
  });
});

describe("the visible part of an answer", () => {
  const show = (text: string, sizes: readonly number[]): string => {
    const visible = createVisibleText();
    let [at, shown] = [0, ""];
    for (const size of [...sizes, text.length]) {
      shown += visible.push(text.slice(at, at + size));
      at += size;
    }
    return shown + visible.rest();
  };

  it("leaves out thoughts and blanks before the answer, however they are cut", () => {
    const before = fc.constantFrom("", "  \n", "<think>a < b </thi</think>", "<think></think>\n<thinking>{}</thinking> ");
    const after = fc.constantFrom("{}", '{"a":"<think>b</think>"}', "Sure: {}", "<b>");
    fc.assert(fc.property(before, after, fc.array(fc.integer({ min: 0, max: 5 })), (thought, text, sizes) => assert.equal(show(thought + text, sizes), text)));
  });

  it("is nothing where the thinking never ends", () => {
    assert.equal(show("<think>hm", [3]), "");
  });
});
