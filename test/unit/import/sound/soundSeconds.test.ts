import assert from "node:assert/strict";
import fc from "fast-check";
import { soundSeconds } from "../../../../src/import/sound/soundSeconds.ts";
import { wavOf } from "../../../support/sound.ts";

describe("the length of a sound", () => {
  it("is read from a WAV, also where it was written to a pipe or other chunks come first", () => {
    assert.equal(soundSeconds(wavOf(2.5)), 2.5);
    assert.equal(soundSeconds(wavOf(2.5, { rate: 44_100, saysLength: false })), 2.5);
    const wav = Buffer.from(wavOf(3));
    const note = Buffer.from("LIST\x03\0\0\0abc\0", "latin1");
    assert.equal(soundSeconds(Buffer.concat([wav.subarray(0, 12), note, wav.subarray(12)])), 3);
  });

  it("is read from a FLAC with more samples than 32 bits count", () => {
    const bytes = Buffer.alloc(60);
    bytes.write("fLaC\0\0\0\x22", "latin1");
    // 44100 Hz, 1 channel, 16 bits, 2^32 + 44100 samples
    bytes.writeUInt32BE(((44_100 << 12) | (15 << 4) | 1) >>> 0, 18);
    bytes.writeUInt32BE(44_100, 22);
    assert.equal(soundSeconds(bytes), (2 ** 32 + 44_100) / 44_100);
  });

  it("is read from an M4A, wherever its header stands, in both widths", () => {
    const box = (name: string, ...content: Uint8Array[]) => {
      const head = Buffer.alloc(8);
      head.writeUInt32BE(8 + content.reduce((sum, { length }) => sum + length, 0));
      head.write(name, 4, "latin1");
      return Buffer.concat([head, ...content]);
    };
    const narrow = Buffer.alloc(100);
    narrow.writeUInt32BE(1000, 12);
    narrow.writeUInt32BE(61_500, 16);
    const wide = Buffer.alloc(112);
    wide[0] = 1;
    wide.writeUInt32BE(1000, 20);
    wide.writeBigUInt64BE(61_500n, 24);
    const kind = box("ftyp", Buffer.from("M4A \0\0\0\0"));
    for (const header of [narrow, wide]) {
      assert.equal(soundSeconds(Buffer.concat([kind, box("mdat", Buffer.alloc(33)), box("moov", box("mvhd", header))])), 61.5);
      assert.equal(soundSeconds(Buffer.concat([kind, box("moov", box("free"), box("mvhd", header)), box("mdat", Buffer.alloc(33))])), 61.5);
    }
  });

  it("is read from an Ogg's last page: Opus at 48 kHz, Vorbis at its own rate", () => {
    const page = (granule: number, content: Buffer) => {
      const head = Buffer.alloc(28);
      head.write("OggS", "latin1");
      head.writeBigInt64LE(BigInt(granule), 6);
      return Buffer.concat([head, content]);
    };
    const opus = Buffer.alloc(19);
    opus.write("OpusHead", "latin1");
    opus.writeUInt32LE(16_000, 12);
    assert.equal(soundSeconds(Buffer.concat([page(0, opus), page(48_000, Buffer.alloc(9)), page(96_000, Buffer.alloc(500))])), 2);
    const vorbis = Buffer.alloc(30);
    vorbis.write("\x01vorbis", "latin1");
    vorbis.writeUInt32LE(22_050, 12);
    assert.equal(soundSeconds(Buffer.concat([page(0, vorbis), page(44_100, Buffer.alloc(70_000))])), undefined);
    assert.equal(soundSeconds(Buffer.concat([page(0, vorbis), page(44_100, Buffer.alloc(500))])), 2);
  });

  describe("of an MP3", () => {
    /** MPEG 1, layer III, 128 kbit/s, 44.1 kHz, stereo. */
    const frame = [0xff, 0xfb, 0x90, 0x00];
    /** MPEG 2, layer III, 64 kbit/s, 24 kHz, mono: as speech is exported. */
    const speech = [0xff, 0xf3, 0x84, 0xc0];

    it("is told by its one bit rate, behind a tag", () => {
      const tag = Buffer.from([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 1, 2, ...Array(130).fill(0xff)]);
      assert.equal(soundSeconds(Buffer.concat([tag, Buffer.from(frame), Buffer.alloc(16_000 * 3 - 4)])), 3);
      assert.equal(soundSeconds(Buffer.concat([Buffer.from(speech), Buffer.alloc(8000 * 5 - 4)])), 5);
    });

    it("is told by the count of its frames where its bit rate changes", () => {
      const xing = Buffer.alloc(200);
      xing.set(frame);
      xing.write("Xing", 36, "latin1");
      xing.writeUInt32BE(3, 40);
      xing.writeUInt32BE(1000, 44);
      assert.equal(soundSeconds(xing), (1000 * 1152) / 44_100);
      const info = Buffer.alloc(200);
      info.set(speech);
      info.write("Info", 13, "latin1");
      info.writeUInt32BE(1, 17);
      info.writeUInt32BE(1000, 21);
      assert.equal(soundSeconds(info), (1000 * 576) / 24_000);
      const vbri = Buffer.alloc(200);
      vbri.set(frame);
      vbri.write("VBRI", 36, "latin1");
      vbri.writeUInt32BE(500, 50);
      assert.equal(soundSeconds(vbri), (500 * 1152) / 44_100);
    });
  });

  it("is unknown where the file does not say, and a positive number otherwise, whatever the bytes are", () => {
    for (const text of ["", "RIFF", "RIFF\0\0\0\0WAVE", "RIFF\0\0\0\0WAVEdata\x04\0\0\0abcd", "fLaC", "OggS", "plain words", "\0\0\0\0ftypM4A "]) assert.equal(soundSeconds(Buffer.from(text, "latin1")), undefined, text);
    const starts = ["RIFF\0\0\0\0WAVE", "fLaC", "OggS", "\0\0\0\x08ftyp\0\0\0\x40moov\0\0\0\x20mvhd", "ID3", "\xff\xfb\x90\0"].map((start) => Buffer.from(start, "latin1"));
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 300 }), (start, rest) => {
        const seconds = soundSeconds(Buffer.concat([start, rest]));
        assert.ok(seconds === undefined || (seconds > 0 && Number.isFinite(seconds)));
      }),
    );
  });
});
