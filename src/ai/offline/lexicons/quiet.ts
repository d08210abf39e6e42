import { readTable, type Row } from "./table.ts";

/** What a thing does that hangs, lies or stands somewhere. {o} is the thing. */
export const POSITION_MOTIONS: readonly Row<"verbs" | "action" | "end">[] = readTable(["verbs", "action", "end"], `
hang | It stirs once in a draught and comes to rest | {o} hanging straight, one edge in the light
hang | Light climbs along it from below until it reaches the top | the light at the top, {o} still
hang | Its shadow swings a hand's breadth over the wall and back | shadow and thing both at rest
lie rest | A band of light draws near and touches one side of it | {o} half lit, nothing moving
lie rest | A shadow passes over it from left to right | the shadow gone, {o} back in the light
lie rest | The floor trembles under a far step, and it shifts by a hair | {o} still again
stand lean sit | Dust sinks through the light in front of it | the dust settled, {o} clear
stand lean sit | The light on it grows by one shade and holds | one side bright, the other in shade
`);

/** A thing where the narration has put it. {o} is the thing, {told} its place: `hanging behind the door`. */
export const TOLD_INSERTS: readonly Row<"action" | "end">[] = readTable(["action", "end"], `
{O}, {told}, fills half the frame. Light slides along its marks and worn edges | the deepest mark bright, the rest in shade
{O}, {told}, near and sharp. One slow breath of air reaches it | {o} quite still, its outline sharp
{O}, {told}, sharp against a soft background. The focus travels over it from one end to the other | the far end sharp, the near end soft
{O}, {told}. Fingertips come near and trace its edge without closing on it | the fingers withdrawn, {o} as before
{O}, {told}. Somebody passes behind it, out of focus | the background empty again, {o} unmoved
`);

/** Hands of somebody with what they hold. {s} the one, {o} the thing. */
export const HELD_INSERTS: readonly Row<"action" | "end">[] = readTable(["action", "end"], `
The hands of {s} hold {o}. One thumb moves along its edge and stops | the thumb still, the grip firm
{O} in the hand of {s}. The grip tightens until the knuckles stand out | knuckles pale, {o} not moving
{O} against the coat of {s}. The fingers shift and settle again, one after another | all fingers closed round {o}
{O} is turned a little by the hand of {s}, so that the light finds it | one bright line along {o}
`);

/** Somebody who hears or is told something. {o} is the other one; without it they listen out of the frame. */
export const LISTENING: readonly Row<"with" | "action" | "end">[] = readTable(["with", "action", "end"], `
other | watches the lips of {o}, own mouth a little open | mouth closed, eyes still on {o}
other | lowers {his} eyes from {o} to the floor and lifts them again | eyes back on {o}, brow drawn
other | draws nearer to {o} by half a step, chin raised | the gap between the two closed to an arm's length
other | folds both arms and nods once at {o} | the arms folded, chin low
alone | stops in mid-movement and turns one ear to the {side} | the head tilted, not a muscle moving
alone | holds {his} breath, eyes going from one point to the next | eyes fixed past the frame's edge
alone | raises one hand for silence, palm flat | the hand still up, lips pressed together
alone | turns {his} whole body slowly towards a sound at the {side} | facing the {side}, neck stretched
alone | closes {his} eyes to hear better, brow creased | eyes opening, the brow smooth
`);

/** Music that nobody describes. {s} plays {o}; {l} listens; {p} is the place. */
export const MUSIC_VIEWS: readonly Row<"kind" | "action" | "end">[] = readTable(["kind", "action", "end"], `
player | plays {o} with lifted elbows, the chest rising before each phrase | {o} still raised, one breath drawn
hands | Close on {o} in the hands of {s}. The fingers move in a slow even order | all fingers down, {o} steady
listener | stands quite still while the sound goes out, eyes following it into the distance | eyes far off, one hand half raised
place | {P} in its whole breadth, {s} small in it with {o} raised, facing {side} | the small figure unmoving, the depth open
player | bends back with {o} raised, eyes shut, cheeks firm | {o} sinking by a hand's breadth, lips parted
hands | Very near: the rim of {o} beside the cheek of {s}. A thread of breath rises from it | the breath thinned out, the metal clear
away | {P}. A window far back in it opens, and a shape leans out to listen | the shape not moving, the window wide
listener | counts under {his} breath, lips moving, until the sound has died away | lips still, chin raised
`);

/** Places in the weather; {p} is the place. */
export const WEATHER_VIEWS: readonly Row<"weather" | "action" | "end">[] = readTable(["weather", "action", "end"], `
fog | {P} in fog. The far half pales, outline after outline | only the nearest things left, the rest white
fog | {P}, hardly more than a shape in thick fog. The halo round one light swells and shrinks | the halo steady, nothing else to be seen
fog | Over {p} a white bank of fog creeps in low from the far end | the near edge reached, the depth gone
fog | {P} from above the fog. Only the highest edges stand out, dark and soft | the white closed over the last of them
rain | {P} in rain. Drops jump from every edge, water runs together in one place | the surface dark and shining
rain | Across {p} a curtain of rain moves from left to right | the far end grey, the near end dripping
snow | {P} in falling snow. The ground whitens from the edges inward | the last dark patch covered
snow | Snow drifts across {p} in long slow slants | every edge rounded and white
storm | {P} under a black sky. One flash shows it whole for an instant | dark again, a single thing swaying
`);

/** A boat or a cart with somebody in it. {v} the thing, {s} who is in it, {way} where it goes. */
export const RIDES: readonly Row<"action" | "end">[] = readTable(["action", "end"], `
{V} glides {dir} {way}, {s} standing in it, facing {side} | {v} slowing to a stop, {s} still on both feet
Out of the depth {v} comes nearer {way}, {s} in it, growing from a dark shape to a figure | {v} broadside to the camera, the face of {s} clear
`);
