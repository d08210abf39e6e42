import type { OutputSettings } from "./documents/storyDocument.ts";
import { isId } from "./ids.ts";

/** Outputs by name: the first is `main`, the others are named after their model, and their shape where it comes twice. */
export function namedOutputs(outputs: readonly OutputSettings[]): Record<string, OutputSettings> {
  const distinct = outputs.filter((output, index) => outputs.findIndex((other) => isSame(other, output)) === index);
  return Object.fromEntries(distinct.map((output, index) => [index === 0 ? "main" : nameOf(output, distinct), output]));
}

function nameOf({ profile, aspectRatio }: OutputSettings, all: readonly OutputSettings[]): string {
  const model = profile.replaceAll(".", "-");
  const isAlone = all.filter((other) => other.profile === profile).length === 1;
  const name = isAlone ? model : `${model}-${aspectRatio.replace(":", "x")}`;
  return isId(name) ? name : `output-${all.findIndex((other) => isSame(other, { profile, aspectRatio })) + 1}`;
}

function isSame(a: OutputSettings, b: OutputSettings): boolean {
  return a.profile === b.profile && a.aspectRatio === b.aspectRatio;
}
