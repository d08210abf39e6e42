import { CAMERA_SETUPS, type CameraSetup, type ShotPurpose } from "../lexicons/setups.ts";
import type { Memory } from "./memory.ts";
import type { Picture } from "./picture.ts";

/** Shorter than this a moving camera would only blur. */
const SLOW_SECONDS = 3.5;

/** Below this it stands still. */
const STATIC_SECONDS = 2.2;

function isSteady({ isSlow, text }: Pick<CameraSetup, "isSlow" | "text">, seconds: number): boolean {
  if (seconds < STATIC_SECONDS) return text.endsWith("static");
  return !isSlow || seconds >= SLOW_SECONDS;
}

/** What hands and feet do is not seen in a picture of a face. */
export function purposeOf({ purpose, text, end }: Pick<Picture, "purpose" | "text" | "end">): ShotPurpose {
  const hasLimbs = /\b(?:hands?|fists?|feet|heels?|arms?|knees?|steps?|fingers?|palms?|wrists?|sleeves?|toes|leaning|back)\b/.test(`${text.split(". ").at(-1)} ${end}`);
  return purpose === "face" && hasLimbs ? "action" : purpose;
}

/** A set-up for the purpose, never the one of the picture before, and the one not used for longest. */
export function cameraFor(purpose: ShotPurpose, { index, seconds }: { readonly index: number; readonly seconds: number }, memory: Memory): string {
  const fits = CAMERA_SETUPS.filter(({ purposes, isSlow, text }) => purposes.includes(purpose) && isSteady({ isSlow, text }, seconds) && text !== memory.cameraText && sizeOf(text) !== sizeOf(memory.cameraText));
  const loose = CAMERA_SETUPS.filter(({ purposes, isSlow, text }) => purposes.includes(purpose) && isSteady({ isSlow, text }, seconds) && text !== memory.cameraText);
  const [setup] = memory.freshest(fits.length > 0 ? fits : loose, ({ text }) => text);
  const text = setup?.text ?? "Medium shot, eye level, 40 mm, moderate focus depth, static";
  memory.use(text, index);
  return text;
}

function sizeOf(setup: string): string {
  return setup.split(",")[0]!;
}
