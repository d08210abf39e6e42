import { CAMERA_SETUPS, type CameraSetup, type ShotPurpose } from "../lexicons/setups.ts";
import type { Beat } from "./beat.ts";
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

/** A scene opens wide enough to show where it plays, but for a thing that is its first word. */
export function openingOf({ purpose }: Pick<Picture, "purpose">): ShotPurpose {
  if (purpose === "detail" || purpose === "move") return purpose;
  return purpose === "establish" || purpose === "view" ? "establish" : "opening";
}

/** What hands and feet do is not seen in a picture of a face. */
export function purposeOf({ purpose, text, end }: Pick<Picture, "purpose" | "text" | "end">): ShotPurpose {
  const hasLimbs = /\b(?:hands?|fists?|feet|heels?|arms?|knees?|steps?|fingers?|palms?|wrists?|sleeves?|toes|leaning|back)\b/.test(`${text.split(". ").at(-1)} ${end}`);
  return purpose === "face" && hasLimbs ? "action" : purpose;
}

/** A set-up for the purpose, never the one of the picture before, and the one not used for longest. */
export function cameraFor(purpose: ShotPurpose, { beat, picture }: { readonly beat: Pick<Beat, "index" | "seconds">; readonly picture: Pick<Picture, "text"> }, memory: Memory): string {
  const { index, seconds } = beat;
  const able = CAMERA_SETUPS.filter(({ purposes, isSlow, text }) => purposes.includes(purpose) && isSteady({ isSlow, text }, seconds) && text !== memory.cameraText);
  const angle = angleOf(picture.text);
  const loose = angle && able.some(({ text }) => angle.test(text)) ? able.filter(({ text }) => angle.test(text)) : able;
  const fits = loose.filter(({ text }) => sizeOf(text) !== sizeOf(memory.cameraText));
  const [setup] = memory.freshest(fits.length > 0 ? fits : loose, ({ text }) => text);
  const text = setup?.text ?? "Medium shot, eye level, 40 mm, moderate focus depth, static";
  memory.use(text, index);
  return text;
}

/** The angle that the words of a picture speak of. */
function angleOf(text: string): RegExp | undefined {
  if (/\bfrom above\b/.test(text)) return /high angle|overhead/;
  return /\b(?:low corner|near the ground|from below)\b/.test(text) ? /low angle/ : undefined;
}

function sizeOf(setup: string): string {
  return setup.split(",")[0]!;
}
