/** The kinds of picture that image models take and give, as `image/…` says them. */
export const IMAGE_TYPES = ["png", "jpeg", "webp"] as const;
export type ImageType = (typeof IMAGE_TYPES)[number];

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG = [0xff, 0xd8, 0xff];
const RIFF = [0x52, 0x49, 0x46, 0x46];
const WEBP = [0x57, 0x45, 0x42, 0x50];

/** What the bytes are by their signature, whatever the file or a server calls them; undefined where they are none of these. */
export function imageTypeOf(bytes: Uint8Array): ImageType | undefined {
  if (hasAt(bytes, 0, PNG)) return "png";
  if (hasAt(bytes, 0, JPEG)) return "jpeg";
  return hasAt(bytes, 0, RIFF) && hasAt(bytes, 8, WEBP) ? "webp" : undefined;
}

export function imageEnding(type: ImageType): string {
  return type === "jpeg" ? "jpg" : type;
}

function hasAt(bytes: Uint8Array, offset: number, signature: readonly number[]): boolean {
  return bytes.length > offset + signature.length && signature.every((byte, index) => bytes[offset + index] === byte);
}
