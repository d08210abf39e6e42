import { readTable, words } from "./table.ts";

/** What a picture is for; decides how it is shot. */
export type ShotPurpose = "establish" | "action" | "move" | "speech" | "face" | "detail" | "two" | "view" | "hands" | "opening";

/** Camera set-ups: what for, at which pace, and the words. Each has one size, one angle, one lens, one movement. */
const SETUPS = readTable<"purposes" | "pace" | "text">(["purposes", "pace", "text"], `
establish view | slow | Extreme wide shot, high angle, 24 mm, deep focus, slow crane down
establish view | any | Wide shot, eye level, 28 mm, deep focus, static
establish | slow | Wide shot, low angle, 24 mm, deep focus, slow dolly in
establish view | slow | Extreme wide shot, eye level, 21 mm, deep focus, slow pan right
establish | any | Wide shot, slightly high angle, 32 mm, deep focus, slow tilt down
action | any | Medium shot, eye level, 40 mm, moderate focus depth, static
action | any | Medium wide shot, low angle, 35 mm, deep focus, static
action face | slow | Medium close-up, eye level, 50 mm, shallow focus, one slow push-in
action | slow | Medium shot, slightly low angle, 50 mm, moderate focus depth, slow dolly in
action | any | Medium wide shot, eye level, 32 mm, deep focus, light handheld
action | slow | Medium shot, high angle, 35 mm, moderate focus depth, slow arc left
hands detail | any | Close-up, slightly high angle, 65 mm, shallow focus, static
hands | any | Medium close-up, eye level, 85 mm, shallow focus, static
hands | slow | Close-up on the hands, eye level, 85 mm, very shallow focus, slow push-in
hands | any | Medium close-up from the side, chest height, 65 mm, shallow focus, light handheld
opening | any | Medium wide shot, eye level, 35 mm, deep focus, static
opening | slow | Wide shot, eye level, 28 mm, deep focus, slow push-in
opening | any | Medium wide shot, slightly high angle, 32 mm, deep focus, static
opening | slow | Wide shot, low angle, 32 mm, deep focus, slow dolly in
move | any | Full shot, eye level, 35 mm, deep focus, tracking alongside
move | any | Wide shot, low angle, 28 mm, deep focus, static
move | any | Medium wide shot, eye level, 40 mm, moderate focus depth, slow pan with the subject
move | slow | Full shot, high angle, 32 mm, deep focus, slow crane up
move | any | Medium shot, eye level, 50 mm, shallow focus, tracking backwards ahead of the subject
speech | any | Medium close-up, eye level, 65 mm, shallow focus, static
speech face | any | Close-up, eye level, 85 mm, shallow focus, static
speech | slow | Medium close-up, slightly low angle, 75 mm, shallow focus, slow push-in
two | any | Over-the-shoulder medium shot, eye level, 50 mm, shallow focus, static
face | slow | Close-up, slightly low angle, 75 mm, shallow focus, slow push-in
face | any | Medium close-up, high angle, 50 mm, shallow focus, static
face | slow | Close-up, profile at eye level, 85 mm, shallow focus, slow arc right
face | any | Extreme close-up, eye level, 100 mm, very shallow focus, static
detail | any | Extreme close-up, high angle, 100 mm macro, very shallow focus, static
detail | slow | Close-up, eye level, 85 mm, shallow focus, slow push-in
detail | any | Insert close-up, overhead angle, 60 mm, shallow focus, static
detail | slow | Close-up, low angle, 65 mm, shallow focus, slow slide left
two | any | Medium two-shot, eye level, 40 mm, moderate focus depth, static
two | slow | Medium wide two-shot, eye level, 35 mm, deep focus, slow dolly in
two | any | Medium two-shot, low angle, 50 mm, moderate focus depth, slow pan left
view | any | Wide shot, low angle, 24 mm, deep focus, slow tilt up
view | slow | Wide shot, eye level, 35 mm, deep focus, slow truck right
`);

export interface CameraSetup {
  readonly purposes: readonly string[];
  /** Needs some seconds, since the camera moves slowly. */
  readonly isSlow: boolean;
  readonly text: string;
}

export const CAMERA_SETUPS: readonly CameraSetup[] = SETUPS.map(({ purposes, pace, text }) => ({ purposes: words(purposes), isSlow: pace === "slow", text }));
