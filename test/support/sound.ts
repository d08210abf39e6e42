/** A WAV of silence: mono, 8 kHz, 8 bits. */
export function wavOf(seconds: number, { rate = 8000, saysLength = true } = {}): Uint8Array {
  const samples = Math.round(seconds * rate);
  const bytes = Buffer.alloc(44 + samples, 0x80);
  const told = saysLength ? samples : 0xffffffff;
  bytes.write("RIFF", 0, "latin1");
  bytes.writeUInt32LE(saysLength ? 36 + samples : 0xffffffff, 4);
  bytes.write("WAVEfmt ", 8, "latin1");
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(rate, 28);
  bytes.writeUInt16LE(1, 32);
  bytes.writeUInt16LE(8, 34);
  bytes.write("data", 36, "latin1");
  bytes.writeUInt32LE(told, 40);
  return new Uint8Array(bytes);
}
