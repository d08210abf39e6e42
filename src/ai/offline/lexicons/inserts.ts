import { readTable, type Row } from "./table.ts";

/** Wordless pictures of one thing. {o} is the thing, {spot} where it is. */
export const PROP_INSERTS: readonly Row<"action" | "end">[] = readTable(["action", "end"], `
{O} lies {spot}. A band of light slides across it from left to right | the light past it, {o} in half shade
{O} lies alone {spot}. A hand comes into the frame and stops just above it | the hand hanging still, not touching
{O} stands out sharply {spot}. Dust drifts down and settles on it | a fine grey layer, nothing moving
{O} rests {spot}, one side lit. A shadow moves over it and on | the shadow gone, the light back
{O} lies in two open palms {spot}. The fingers close slowly round it | the hands closed
{O} lies {spot}. A fingertip pushes it round by a quarter turn | its other side to the light
{O} rests {spot}, out of focus. The focus comes to rest on its worn edge | the edge sharp, all behind it soft
{O} stands small at the far end of a long clear line {spot}. A shadow falls across that line | the shadow resting just short of {o}
{O} fills half the frame {spot}. Breath mists it from one side and clears again | the surface clear, a single drop on it
{O} hangs from two fingers {spot}, turning slowly | the turning ended, {o} straight
{O} leans at an angle {spot}. It slips by a hand's breadth and catches | {o} at rest, lower than before
Seen through a gap {spot}: {o} in a patch of light that shrinks | only its edge still lit
{O} is set down {spot} by a hand that lets go at once | {o} upright, the hand out of the frame
{O} is drawn out of the picture {spot} by a hand, leaving a clean mark in the dust | only the mark left
`);

/** Something large and far off. {a} names it first, {o} again; {from} is where it is seen from. */
export const FAR_VIEWS: readonly Row<"action" | "end">[] = readTable(["action", "end"], `
Seen from afar {from}: {a} under thin haze. The haze thins from one side | {o} clear from end to end
{From}, {a} stands small between two near dark shapes. Light moves over it once | the light past, {o} in shade
{From}: {a} at the frame's far edge. A flock of birds crosses before it | the birds gone, {o} alone
Very wide, {from}: {a} low in the frame beneath a large sky. The shadow of a cloud slides across | {o} back in the light
`);

/** What stands in the sky. */
export const SKY_VIEWS: readonly Row<"action" | "end">[] = readTable(["action", "end"], `
Straight up {from}: {a} comes clear of a bank of cloud | {o} clear, the edges of the cloud bright
{From}, {a} stands low behind bare branches. A branch swings before it and back | the branch still, {o} whole
{From}: {a} mirrored in still water. One ring runs through it | the mirror whole again
Seen {from}: {a} sinks by its own width towards the far edge | {o} touching the edge
`);

/** Wordless pictures of a person's hands and outlines. Slots as in the verbs. */
export const BODY_INSERTS: readonly Row<"action" | "end">[] = readTable(["action", "end"], `
Only the hands of {s} are seen. The fingers spread, then close on each other | fingers locked, thumbs still
Only the shoes of {s} are seen. One heel lifts and comes down without a sound | both heels down
Only the back of {s} is seen, close. The shoulders rise with one breath | the shoulders low
Only the eyes of {s} are seen. They move from one side to the other and stop | looking just past the camera
The shadow of {s} lies long on the ground. It lifts one arm | the shadow's arm held out
The reflection of {s} hangs in a dark pane. Breath clouds it from below | the mouth hidden by the misted patch
`);

/** Wide pictures of a place. {p} is the place, {f} something that stands in it, {where} a spot in it. */
export const PLACE_VIEWS: readonly Row<"action" | "end">[] = readTable(["action", "end"], `
{P} lies open and empty. Light moves over it from the near edge to the far one | the far edge lit, nobody in the picture
{P}, seen from one end. The light in the depth grows by one shade, then holds | all still, the depth clear
{P}, seen from a low corner. A draught carries dust {dir} through the picture | the dust thinned out, the view clear
{P} from above. One long shadow creeps across the ground | the shadow at the middle of the frame
{P} at its full width. A loose cloth stirs at the left edge and falls back | the cloth hanging, all else still
{P}, seen between two dark uprights. Light comes and goes once as under a passing cloud | the light back, a shade warmer
{P} seen along its longest line. A door or branch in the depth moves a little | the movement ended, the line clear
{P} from a corner near the ground, large and quiet. A moth crosses the light | the moth gone out of the frame
{P}, framed by something dark and near. The light beyond it brightens slowly | the whole depth visible
{P} after everyone has gone. A single loose thing rolls a hand's breadth | it rests, the place quiet
`);
