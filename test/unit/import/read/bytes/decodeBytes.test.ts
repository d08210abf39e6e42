import assert from "node:assert/strict";
import { decodeBytes, MOST_BYTES } from "../../../../../src/import/read/bytes/decodeBytes.ts";
import { readTranscript } from "../../../../../src/import/read/readTranscript.ts";
import { bytesOf, codes, PACE, read, refuse } from "../reading.ts";

const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const utf16 = (text: string, isBig: boolean) => {
  const pairs = Array.from(`\uFEFF${text}`, (character) => [character.charCodeAt(0) >> 8, character.charCodeAt(0) & 255]);
  return Uint8Array.from(pairs.flatMap((pair) => (isBig ? pair : pair.toReversed())));
};

describe("the bytes of a file", () => {
  it("are read as UTF-8 with and without a mark, and as UTF-16 of both orders", () => {
    const text = "Größe 12.\nZwei.";
    for (const bytes of [bytesOf(text), bytesOf(`\uFEFF${text}`), utf16(text, false), utf16(text, true), bytesOf(text.replace("\n", "\r\n")), bytesOf(text.replace("\n", "\r"))]) {
      assert.equal(decodeBytes(bytes), text);
    }
  });

  it("are never guessed: an old encoding is named with its line and what to do", () => {
    const [error] = refuse(latin1("One.\nA caf\xe9 at noon.\n"));
    assert.deepEqual([error!.code, error!.range?.start.line], ["not-utf-8", 1]);
    assert.match(error!.message, /not UTF-8 \(byte 0xE9\).*Windows-1252/);
    assert.match(error!.hint!, /save it as UTF-8/);
  });

  it("are named where they are no text", () => {
    const named: readonly (readonly [string, RegExp, RegExp])[] = [
      ["ID3\x03\0\0\0", /an MP3 recording/, /Let a model transcribe it.*or transcribe it on this machine/],
      ["\xff\xfb\x90\x64\0\0", /an MP3 recording/, /ranscribe it/],
      ["RIFF\x24\0\0\0WAVEfmt ", /a WAV recording/, /ranscribe it/],
      ["\0\0\0\x20ftypisom\0\0", /MP4/, /ranscribe it/],
      ["\x1a\x45\xdf\xa3\x01\0", /Matroska/, /ranscribe it/],
      ["PK\x03\x04\x14\0\x06\0word/document.xml", /Microsoft Office/, /plain text/],
      ["PK\x03\x04\x14\0\x06\0mimetypeapplication/epub+zip", /e-book/, /plain text/],
      ["PK\x03\x04\x14\0\x06\0voice.srt", /ZIP archive/, /Unpack/],
      ["%PDF-1.7\n", /a PDF/, /plain text/],
      ["{\\rtf1\\ansi Hello}", /rich text/, /plain text/],
      ["\x89PNG\r\n\x1a\n", /a picture/, /Choose a text/],
      ["\0\x01\x02\x03\x80\xff", /no text/, /Choose a text/],
      ["Hello\0there", /no text/, /damaged/],
      ["H\0e\0l\0l\0o\0 \0t\0h\0e\0r\0e\0", /UTF-16 without a byte order mark/, /save it as UTF-8/],
    ];
    for (const [bytes, message, hint] of named) {
      const [error] = refuse(latin1(bytes), "voice.srt");
      assert.match(error!.message, message);
      assert.match(error!.hint!, hint);
    }
    assert.equal(read("ID3 is a tag. %PDF is a mark.").cues.length, 2);
  });

  it("are refused where there are none, and where there are too many", () => {
    for (const empty of [new Uint8Array(), bytesOf("\uFEFF"), bytesOf(" \r\n\t ")]) assert.deepEqual(codes(refuse(empty)), ["empty-file"]);
    const [error] = refuse(new Uint8Array(MOST_BYTES + 1).fill(97));
    assert.equal(error!.message, "the file has 21 MB; at most 20 MB are read");
  });

  it("may be broken inside the tokens of whisper.cpp, which cuts characters in two", () => {
    const json = (text: string) => `{"transcription":[{"offsets":{"from":0,"to":900},"text":"${text}","tokens":[{"text":" Caf","offsets":{"from":0,"to":500}},{"text":"\x01","offsets":{"from":500,"to":900}}]}]}`;
    const broken = (text: string) => bytesOf(json(text)).map((byte) => (byte === 1 ? 0xc3 : byte));
    const { transcript } = readTranscript({ name: "voice", bytes: broken(" Café.") }, PACE);
    assert.deepEqual([transcript!.cues, transcript!.findings], [[{ start: 0, end: 0.9, text: "Café.", line: 0 }], []]);
    assert.deepEqual(codes(readTranscript({ name: "voice", bytes: broken(" Caf\x01.") }, PACE).problems), ["damaged-text:1"]);
  });
});
