import { imageEnding } from "../../core/imageType.ts";
import type { ImageRequest } from "../../pipeline/ports.ts";

/** One request to the images API, as fetch takes it. */
export interface WireRequest {
  /** Below the base URL. */
  readonly path: "/images/generations" | "/images/edits";
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | FormData;
}

export interface WireOptions {
  readonly model: string;
  /** Says that the picture is to come along; OpenAI's own models do so always, and refuse to be told. */
  readonly asksForBytes: boolean;
}

/**
 * What is not set is not sent, so that each model does as it does by itself. `input_fidelity` is
 * never sent: gpt-image-2 and later refuse it (openai 7.57, images.d.ts).
 */
export function toWireRequest(request: ImageRequest, { model, asksForBytes }: WireOptions): WireRequest {
  const { prompt, size, quality, reference } = request;
  const fields = { model, prompt, n: 1, ...(size && { size }), ...(quality && { quality }), ...(asksForBytes && { response_format: "b64_json" }) };
  const headers = { accept: "application/json" };
  if (!reference) return { path: "/images/generations", headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(fields) };
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, String(value));
  const { bytes, type } = reference;
  // A copy: a view of a larger buffer would send all of it.
  form.append("image", new Blob([new Uint8Array(bytes)], { type: `image/${type}` }), `reference.${imageEnding(type)}`);
  return { path: "/images/edits", headers, body: form };
}
