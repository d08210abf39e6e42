import { indexRows, readTable, words, type Row } from "./table.ts";

type ActionCells = Row<"verbs" | "object" | "posture" | "weight" | "action" | "end">;

/**
 * What a body does for a verb of the narration, with the state it ends in.
 * `object`: thing, person, body (a part of one's own), none, or any of these joined by `+`.
 * `posture`: the one it ends in; `move` crosses the frame; empty keeps the one before.
 * `weight` 1 to 3: how much of a picture it is; of several verbs the heaviest is shown.
 * Slots: {o} object, {at} what is looked or pointed at, {path} the way, {dir} the screen direction,
 * {he} {his} {him} {himself}. The first word is the one finite verb.
 */
const ACTIONS = readTable<keyof ActionCells>(["verbs", "object", "posture", "weight", "action", "end"], `
# --- taking and holding
lift raise hoist | thing | | 3 | lifts {o} with both hands until it is level with {his} chest | {o} held still at chest height, {his} eyes on it
lift raise | body | | 2 | raises {his} head and holds it high, throat bare | chin up, not moving
take grab seize snatch grasp pick fetch collect | thing | | 3 | reaches out, closes {his} fingers round {o} and draws it close | {o} in {his} hand, close to the body
take grab seize | person | | 3 | takes {o} by the sleeve and pulls {him2} a step closer | the two an arm's length apart, the sleeve still held
take grab | body | | 2 | takes the offered hand and closes both of {his} own round it | three hands clasped, still
hold clutch grip keep | thing | | 2 | holds {o} against {his} chest, thumbs moving once along its edge | {o} pressed close, {his} thumbs still
hold hug embrace clasp | person | | 3 | puts both arms round {o} and draws {him2} in | foreheads touching, arms closed
carry bring drag haul lug | thing | move | 3 | carries {o} {dir}, leaning against its weight | {he} stops at the frame's edge, {o} set against one knee
carry lead bring drag | person | move | 3 | leads {o} {dir} by the hand, half a step ahead | both stopped at the frame's edge, hands still joined
lower | thing | | 3 | lets {o} sink slowly until it hangs at {his} side | {o} hanging low, {his} arms slack
take pull draw tear lift pluck | thing | | 3.2 | reaches up and takes {o} {off} with both hands | {o} free in {his} hands, held against the chest
put place set lay leave rest | thing | | 3.2 | sets {o} {goal} and lets the hand rest on it | {o} {goal}, the hand still there
put place set lay leave rest | thing | | 3 | sets {o} down with two fingers and draws the hand back slowly | {o} alone where it was put, {his} hand open beside it
drop lose spill | thing | | 3 | loses {his} grip, and {o} slips down and hits the ground | {o} on the ground, {his} empty hand still open
lay put press rest | body | | 2 | lays {o} {on} and keeps it there | {o} {on}, not moving
give hand offer pass return deliver | thing+any | | 3 | holds {o} out at arm's length, palm up | {o} still on the open palm, {his} arm steady
throw fling toss hurl cast | thing | | 3 | swings one arm back and throws {o} out of the frame | the arm stretched out, the hand empty
push shove press | thing+any | | 3 | sets both palms against {o} and pushes with {his} whole weight | {he} leans in, arms straight, {o} moved by a hand's breadth
pull tug draw | thing+any | | 3 | pulls {o} closer with short tugs, heels dug in | {o} within reach, {his} arms slack
unwrap unfold uncover | thing | | 3 | folds the cloth back from {o}, corner by corner | {o} bare in {his} lap of cloth
open unlock | thing+any | | 3 | opens {o} slowly with both hands, leaning back a little | {o} open, light on {his} face
close shut lock fold seal | thing | | 3 | closes {o} with both hands and rests them on it | {o} closed, the hands flat and still
close shut | body | | 2 | lets {his} eyelids sink, {his} face going slack | eyes closed, one slow breath
break crack smash shatter | thing | | 3 | brings {o} down hard on an edge, turning {his} face away | {o} in pieces, {his} shoulders hunched
cut slice carve chop | thing | | 3 | draws a blade through {o} in one long stroke | the two halves of {o} lying apart
tear rip | thing | | 3 | tears {o} down the middle with both hands | one half of {o} in each hand
turn twist wind spin | thing | | 2 | turns {o} over once between {his} fingers, close to the eyes | {o} held still, its far side to the light
touch stroke pat feel brush | thing+any | | 2 | runs two fingertips along {o} from one end to the other | the fingertips resting on {o}
touch stroke pat comfort | person | | 3 | lays a hand on the shoulder of {o} | the hand still there, both looking down
wipe rub | body | | 3.2 | passes the back of one hand over {o} | the hand lowered, a long breath
clean polish wipe rub wash scrub | thing+any | | 3 | rubs {o} with the ball of {his} thumb until a clean patch shines | {o} tilted to the light, the patch bright
hide bury conceal tuck | thing | | 3 | slides {o} under {his} clothes and flattens the cloth over it | nothing to be seen of {o}, one palm on the spot
hide crouch duck cower | none | kneel | 3 | drops into a crouch and pulls {his} shoulders in | crouched low, only the eyes moving
find discover notice spot | thing | | 3 | bends forward, brushes dust aside and uncovers {o} | {o} lying clear before {him}, {his} hand hovering above
find meet discover | person | | 3 | stops short as {o} comes into view | the two facing each other, three steps apart
lose miss search seek hunt look-for | thing+person+none | | 2 | pats down {his} pockets one after another, head turning | both hands still, palms up, empty
show point indicate | any+thing+none+person | | 2 | stretches out one arm and points {at} | arm straight, finger steady
button fasten buckle | thing | | 3.2 | closes {o} from the bottom to the collar, without looking down | {o} closed, {his} hand at the throat
tie | none | kneel | 3 | throws two quick turns of rope round a post and pulls them tight | the knot tight, the rope's end still in one hand
tie bind fasten buckle button | thing+any | | 3 | pulls {o} tight with quick small movements of the fingers | {o} fastened, {his} fingers letting go
hang | thing | | 3 | reaches up and hangs {o} on a peg | {o} swaying slightly, {his} arm lowered
fill pour tip | thing+any | | 3 | tilts {o} and pours in a thin stream | the last drop hanging, {o} level again
light kindle | thing+any | | 3 | cups a small flame in {his} palm and brings it to {o} | {o} alight, warm light on {his} fingers
build make repair mend fix | thing+any | | 3 | fits two parts of {o} together and presses until they hold | {o} in one piece between {his} hands
dig | thing+any+none | kneel | 3 | scoops earth away with both hands | a dark hollow before {him}, earth on {his} wrists
pack unpack | thing+any+none | | 3 | lays a folded shirt into {o} and smooths it flat | {o} half full, {his} hands on the rim
collect gather | any+none | kneel | 3 | gathers small things from the ground into the crook of one arm | the ground bare, {his} arm full
sell buy trade pay | thing+any+none | | 2 | counts three coins from one palm into another hand | the last coin lying in the open palm
tap knock beat | thing+any+none | | 3 | knocks twice with {his} knuckles, then lays an ear close | ear close, mouth open, listening
# --- more of the body, and of the hands
crawl creep | any+none+thing | move | 3 | crawls {dir} {path} on hands and knees, head low | {he} stops, the head just lifted
sneak tiptoe | any+none+thing | move | 3 | steals {dir} {path} on tiptoe, one hand held out for balance | {he} stands still, one heel raised
hop skip | any+none+thing | move | 2 | hops {dir} {path}, both feet together | landed, arms out to the sides
limp stagger totter | any+none+thing | move | 3 | drags one leg {dir} {path}, one shoulder dipping at each step | {he} stops, bent over one knee
explore roam | any+none+thing+person | move | 2 | goes {dir} {path} slowly, one hand held out ahead | {he} stands still, head turning
row paddle | any+none+thing | sit | 3 | leans far back on two oars, pulls and swings forward again | the oars lifted, drops running off the blades
sail | any+none+thing | | 2 | holds a rope tight with both hands, face into the wind | the rope held fast, eyes on the far line
whistle | any+none | | 2 | purses {his} lips and whistles, chin moving to the beat | lips still pursed, one brow raised
cough sneeze choke | any+none | | 2 | doubles over with a fist at the mouth, shoulders jerking | upright again, the fist lowered, eyes wet
faint | none | lie | 3 | sways once and sinks to the ground, knees giving way | lying on one side, one arm stretched out
salute | any+none+person | stand | 3 | snaps a flat hand to {his} brow, heels together | the hand still at the brow
surrender | any+none+person | stand | 3 | raises both empty hands to the height of the shoulders | hands up, quite still
shrug | any+none+body | | 2 | lifts both shoulders and lets them fall, palms turned out | the palms still out, lips pulled down
cheer applaud | any+none+person | | 3 | throws both arms up, mouth wide open | arms high, fists closed
argue quarrel protest | any+none+person+thing | | 2 | leans in, one finger beating the air | the finger still, chin thrust out
beg plead implore | any+none+person+thing | kneel | 3 | sinks to {his} knees with both hands held out, palms up | the hands still out, eyes raised
greet welcome | any+none+person | | 3 | opens both arms wide and takes one step forward | the arms open, chin lifted
struggle wrestle | any+none+person | | 3 | twists from side to side, both fists closed | breathing hard, one shoulder forward
stab thrust | any+thing+person+none | | 3 | drives one arm forward, weight on the front foot | the arm stretched out, breath held
arrest | person | | 3 | takes {o} by both wrists and turns {him2} round | the wrists held fast, both quite still
type | any+none+thing | | 2 | moves ten fingers quickly over a row of keys, eyes up | the fingers resting, eyes still up
photograph film | any+none+thing+person | | 3 | raises a camera to one eye and holds {his} breath | the camera lowered, one eye still narrow
sign stamp | any+none+thing | | 3 | bends low and moves a pen in one quick stroke, the tip hidden by the hand | the pen lifted, ink still wet
sew knit weave stitch | any+none+thing | | 2 | draws a needle up through cloth and out to arm's length | the thread tight, the needle still
hammer | any+none+thing | | 3 | swings a hammer down in short even blows | the last blow struck, dust settling
plant sow | any+none+thing | kneel | 3 | presses earth together round a small green shoot with both thumbs | the shoot upright, earth on the thumbs
feed | any+none+thing+person | | 3 | holds out a flat palm with crumbs on it | the palm empty, still held out
stir | any+none+thing | | 2 | stirs slow circles with a long spoon, steam rising past the face | the spoon lifted, one drop falling
comb | any+body+thing | | 3 | draws a comb through {o} in one long stroke | the comb lifted, {o} smooth behind it
sweep mop | any+none+thing | | 2 | pushes a broom in long even strokes, dust rising before it | the broom upright, both hands on its end
wrap bandage | thing+any+body | | 3 | winds a strip of cloth round {o}, turn over turn | {o} wrapped, both hands resting on it
catch | thing | | 3 | throws up both hands and closes them round {o} | {o} held fast against the chest
steal | thing | | 3 | slides {o} under {his} clothes with a quick look over one shoulder | {o} out of sight, one hand flat on the spot
share divide | thing | | 3 | breaks {o} in two and holds one half out | one half of {o} on the open palm
burn | thing | | 3 | holds {o} by one corner over a flame until it catches | {o} curling black, the fingers letting go
extinguish snuff | any+thing | | 2 | closes two wet fingers on a flame | a thread of smoke rising
ring | thing | | 3 | takes hold of {o} and swings it hard from side to side | {o} swinging out, slower
# --- eyes and face
look gaze stare glance peer watch study examine inspect regard observe | any+thing+person+none | | 1 | turns {his} head and looks {at}, brow drawn | eyes fixed, not blinking
look gaze stare glance peer watch study examine inspect regard observe | any+thing+person+none | | 1 | lifts one hand against the light and looks {at} | the hand still raised, eyes narrow beneath it
look gaze stare glance peer watch study examine inspect regard observe | any+thing+person+none | | 1 | moves {his} eyes first, then the whole head, and looks {at} | neck stretched, lips apart
look gaze stare glance peer watch study examine inspect regard observe | any+thing+person+none | | 1 | leans forward from the hips and looks {at} | weight on the toes, eyes wide
look stare gaze watch | person | | 2 | holds the eyes of {o} without a word, chin sinking a little | eyes still locked, lips closed
look stare gaze watch | person | | 2 | looks {o} up and down once, from the shoes to the eyes | eyes locked, neither moving
see notice recognise recognize spot | any+thing+none+person | | 1 | stops in mid-breath, eyes widening {at2} | eyes wide, lips just parted
search scan look-around | none | | 2 | turns {his} head in one slow half circle, searching | head still, eyes on one point
read | thing+any+none | | 3 | holds {o} close and moves a fingertip along it, line after line | the fingertip stopped, {his} eyes lifting
smile grin beam | any+none+person | | 2 | lets a smile come slowly, one corner of the mouth first | the smile holding, eyes narrowed
laugh giggle chuckle | any+none+person | | 3 | throws {his} head back and laughs, shoulders shaking | laughter dying down, a hand on the ribs
cry weep sob | any+none | | 3 | presses both wrists against {his} eyes, shoulders jerking | wet cheeks uncovered, eyes shut
blush | none | | 2 | turns {his} face aside, colour rising in the cheeks | head down, cheeks flushed
frown scowl | none | | 2 | draws {his} brows together and pushes out the lower lip | brows low, lips pressed
nod agree | any+none | | 2 | nods twice, slowly | chin lowered, eyes steady
shake refuse | body | | 2 | shakes {his} head once to each side | head still, lips tight
bow curtsey | body+none | | 3 | sinks at the knees and bows {his} head | held low, eyes on the ground
wink blink | none | | 1 | blinks hard three times | eyes open, steady
listen hear overhear | any+thing+none+person | | 1 | tilts {his} head and cups a hand behind one ear | head tilted, quite still
smell sniff breathe inhale | any+thing+none | | 2 | lifts {his} chin and draws a long breath through the nose | chest full, eyes half closed
sigh exhale | none | | 2 | lets out a long breath, shoulders sinking | shoulders low, mouth slightly open
whisper murmur mutter | any+none+thing+person | | 2 | leans forward and moves {his} lips close behind one raised hand | lips closed, the hand still raised
shout scream yell call cry-out | any+none+thing+person | | 3 | plants {his} feet, cups both hands round the mouth and shouts | mouth closing, hands still raised
phone telephone dial | any+none+thing+person | | 3 | lifts a telephone receiver and presses it to one ear | the receiver at the ear, lips apart
say speak answer reply explain tell talk ask add promise insist | any+none+thing+person | | 1 | speaks a few quiet words, one hand opening at the waist | mouth closed, the hand still open
sing hum | any+thing+none | | 3 | sings with lifted chin, breath moving the collar | the last note held, eyes closed
think wonder consider ponder decide reflect know believe | any+none+thing+person | | 1 | bites the inside of one cheek and stares at {his} own shoes | cheek let go, chin rising
think wonder consider ponder decide reflect know believe | any+none+thing+person | | 1 | taps two fingers against {his} temple, slower and slower | fingers resting on the temple
think wonder consider ponder decide reflect know believe | any+none+thing+person | | 1 | tilts {his} head back and follows something invisible across the air | head back, mouth a little open
think wonder consider ponder decide reflect | any+none+thing+person | | 1 | rubs {his} thumb slowly across {his} lower lip, eyes lowered | thumb still, eyes coming up
remember recall forget miss dream imagine | any+none+thing+person | | 1 | closes {his} eyes and lets the fingers of one hand move as if touching a face | the hand still in the air, eyes closed
remember recall forget miss dream imagine | any+none+thing+person | | 1 | lets {his} gaze drift past the camera, fingers closing on nothing | gaze far off, hand half closed
sleep doze | none | lie | 2 | sinks deeper, {his} head rolling slowly to one side | asleep, mouth slightly open, chest rising
wake waken awake | none+any | | 2 | opens {his} eyes, one blink, and lifts the head | eyes wide open, head raised
yawn stretch | none+body | | 2 | stretches both arms above the head with a wide yawn | arms dropping, eyes half closed
# --- the whole body
walk stroll wander go head step march cross pass | any+none+thing | move | 2 | walks {dir} {path}, arms loose, steady steps | {he} stops near the frame's edge, weight on one leg
walk stroll wander go head step march cross pass | any+none+thing | move | 2 | goes {dir} {path} with the head bent, one hand trailing | {he} slows to a stop, head coming up
walk stroll wander go head step march cross pass | any+none+thing | move | 2 | passes slowly {dir} {path}, looking about | {he} stops in the middle of the picture, head turned
come arrive approach enter return visit | any+none+thing+person | move | 2 | comes into the frame and walks {dir} {path} | {he} stands still in the middle of the picture
leave depart exit | any+none+thing+person | move | 2 | turns away and walks into the depth {path}, growing smaller | a small figure, back to the camera
run race rush hurry dash sprint scurry flee escape | any+none+thing+person | move | 3 | runs {dir} {path}, coat and hair flying | {he} leaves the frame, the place empty behind
hurry scramble | none | move | 2 | hurries {dir} {path} with quick short steps | {he} stops at a corner, one hand on the edge
follow chase pursue | none | move | 2 | goes {dir} {path} with quick steps, eyes on the ground ahead | {he} stands still, head coming up
follow chase pursue | any+thing+person | move | 3 | follows {o} {dir}, five steps behind, eyes never leaving it | the distance closed to three steps
follow chase pursue | person | move | 3 | hurries {dir} after {o}, one arm stretched out | an arm's length between the two
round | thing+any+none | move | 3 | goes {dir} and round a corner, one hand brushing the edge | the corner empty, the light behind it unbroken
turn | body | | 2 | turns {his} head to the side, the shoulders following late | head turned, shoulders still
turn | none+any | | 2 | turns on {his} heel to face the other way | shoulders squared, back half to the camera
stop halt pause freeze wait hesitate stay remain | any+none+person+thing | stand | 1 | stands with {his} weight on both feet and lets a breath go | quite still, arms hanging
stand rise | none+any | stand | 2 | pushes up with both hands on the knees and straightens | upright, arms at the sides
sit | none+any | sit | 3 | lowers {himself} slowly and folds {his} hands in the lap | seated, back straight, hands folded
kneel | none+any | kneel | 3 | sinks to {his} knees and leans forward on both hands | kneeling, eyes level with the hands
lie | none+any | lie | 3 | lies back slowly, one arm under the head | lying flat, eyes open
lean | any+none+thing | | 2 | leans sideways until {his} shoulder carries the weight | leaning, one foot crossed over the other
bend stoop | none+any+body | | 2 | bends at the waist and brings {his} face close to the ground | bent low, one hand on the knee
jump leap spring | any+none+body+thing | stand | 3 | springs up, both feet off the ground at once | landed, knees bent, arms out
climb scramble ascend | any+thing+none | | 3 | pulls {himself} up hand over hand {path} | a body's length higher, one arm hooked over the edge
descend | any+thing+none | | 3 | lowers {himself} backwards, feeling for each hold with one foot | a body's length lower, both hands on the last hold
fall tumble stumble trip collapse slip | none+any+thing | | 3 | loses {his} footing and goes down on both palms | on hands and knees, head hanging
dance | any+none+person | | 3 | turns once on the spot with raised arms, hem and hair swinging | arms open, one foot forward
swim float drift sink dive | none+any+thing | | 3 | moves {his} arms slowly to each side and glides {dir} | the body stretched out, hair drifting
fly soar | none+any | | 3 | glides {dir} with arms spread, clothes pressed flat by the air | hanging in the air, arms wide
ride drive steer | any+thing+none | | 3 | leans into the turn, both hands tight, the land sliding past behind | upright again, eyes ahead
work labour labor | any+none+thing | | 2 | works with bent back, forearms moving in one even rhythm | the hands stopped, back straightening
wash bathe | none+body | | 2 | scoops water over {his} face with both hands | drops running from the chin, eyes closed
dress | any+thing+none | | 2 | pulls {o} straight at the collar and smooths it down | {o} smooth, both hands lowered
play blow | thing | | 3 | sets {o} in place, elbows out, breath drawn, and begins to play | {his} eyes closed, elbows still raised, the fingers down
play blow | thing | | 3 | leans back, raises {o} towards the light and plays, cheeks firm | {o} still raised, one long breath drawn
play blow | thing | | 3 | plays {o} with closed eyes, the upper body swaying slowly | the swaying stopped, {o} sinking
play blow | thing | | 3 | draws breath through the nose and brings {o} up into playing position | playing, knuckles pale on {o}
play | none+any+person | | 3 | plays with quick light movements of both hands | the hands still, a breath let go
blow | any+none | | 2 | fills {his} cheeks and blows out a long breath | lips pursed, eyes narrowed
dance practice practise rehearse | any+none+thing | | 2 | repeats one small movement of the fingers, faster each time | the fingers spread and still
write draw paint scribble sketch | thing+any+none | | 3 | bends low and moves a pen in short strokes, the tip hidden by the hand | the pen lifted, ink still wet
eat bite taste chew swallow nibble | thing+any+none | | 3 | brings {o} to {his} mouth and takes one small bite | jaw working slowly, {o} lowered
drink sip | thing+any+none | | 3 | tilts {o} to {his} lips and takes one long swallow | {o} lowered, lips wet
cook bake knead | thing+any+none | | 3 | kneads with the heels of both hands, flour rising | the hands sunk in, still
wave | any+none+body+person | | 3 | raises one arm and waves it in a wide slow arc | the arm still up, fingers spread
reach | any+none+thing+body | | 3 | stretches up on tiptoe, fingers spread, a hand short of {o} | fingertips trembling at full stretch
clap | body+none | | 3 | claps {his} hands in slow even beats | palms together, held
kiss | person+any+body | | 3 | bends down and kisses {o} on the forehead | lips drawn back, eyes closed
fight strike hit punch attack kick | any+person+thing+none | | 3 | swings a fist sideways, weight thrown behind it | arm stretched out, breathing hard
shoot aim fire | any+person+thing+none | | 3 | brings both arms up and takes aim along them | arms steady, one eye closed
kill die perish | any+person+none | lie | 2 | lets {his} hand open, the fingers uncurling one by one | the open hand quite still
tremble shake shiver quiver | none+body+any | | 3 | wraps both arms round {himself}, shaking | arms tight, jaw clenched, the shaking slower
breathe | none | | 1 | draws one slow breath, chest rising | chest sinking, mouth slightly open
pray | none+any | kneel | 3 | folds {his} hands before the face and bends the head | head low, hands folded, lips still
count | any+thing+none | | 2 | counts on {his} fingers, thumb touching one after another | the thumb resting on the last finger
shrink | none+any | | 3 | draws in {his} arms and grows smaller against the ground, sleeves sliding over the hands | tiny in the frame, sleeves trailing
grow | none+any | | 2 | straightens up, the head rising towards the frame's upper edge | the crown of the head touching the upper edge
want wish long hope love like need | any+none+thing+person | | 1 | stretches a hand out halfway and draws it back to the chest | the hand closed against the chest
find discover learn | any+none | | 1 | stops in mid-movement, brows rising | brows high, mouth open a little
try venture attempt begin start | any+none+thing | | 1 | pushes up {his} sleeves and takes a firm stance | sleeves up, hands ready
help save rescue | any+person+none | | 3 | puts a shoulder under {o} and straightens up slowly | both upright, leaning on each other
`);

/** What a thing does that is itself the subject. {s} is the thing. */
const EVENTS = readTable<"verbs" | "action" | "end">(["verbs", "action", "end"], `
fall drop tumble | {s} tips over an edge and drops through the frame | {s} at rest where it fell
ring sound toll chime | {s} swings hard from side to side | {s} swinging out, slower
open | {s} swings open slowly, a strip of light growing | {s} wide open, the light still
close shut | {s} swings shut, the light narrowing to a line | {s} shut, the line gone
burn blaze glow flicker shine gleam glitter glint | light plays over {s}, brighter for a moment | the glow steady
break crack shatter split | a crack runs through {s} from edge to edge | {s} in two parts
roll slide move pass drift float go come | {s} moves slowly {dir} through the frame | {s} stopped at the frame's edge
stop halt die | {s} slows down and stops | {s} quite still
rise climb | {s} rises slowly against the background | {s} at the upper edge of the frame
hang lie stand wait rest sit lean remain stay | light slides slowly across {s} | {s} half in light, half in shade
blow sweep stir tremble shake | {s} trembles, stronger, then less | {s} still again
grow spread bloom | {s} spreads slowly towards the frame's edges | {s} filling the picture
turn spin wind | {s} turns once about itself | {s} at rest, its other side to the camera
fade vanish disappear | {s} loses its edge, grey taking the colour | only a dim outline left
fit belong match | {s} slides into place without a gap | {s} in place, quite still
`);

/** Weather and light as the subject. */
const WEATHER_EVENTS = readTable<"nouns" | "action" | "end">(["nouns", "action", "end"], `
rain drizzle | rain comes down in straight lines, drops jumping from the ground | the ground dark and shining
snow | snow falls thick and straight, covering the ground | everything white, the flakes thinner
wind breeze | wind drives dust and dry leaves along the ground | the leaves piled against an edge
sun sunlight light | light spreads over the ground until it reaches the far edge | the far edge bright
mist fog smoke | grey drifts in from one side and swallows the far half | only the near half visible
moon | moonlight slides out from a cloud edge and whitens the ground | hard blue shadows
storm thunder | a flash whitens everything for an instant | darkness again, one thing still swaying
`);

const WEATHER_BY_NOUN = indexRows(WEATHER_EVENTS, ({ nouns }) => words(nouns));

export function weatherEvent(noun: string): { readonly action: string; readonly end: string } | undefined {
  return WEATHER_BY_NOUN.get(noun);
}

export interface ActionRow {
  readonly objects: ReadonlySet<string>;
  readonly posture: string;
  readonly weight: number;
  readonly action: string;
  readonly end: string;
}

export const ALL_ACTIONS: readonly { readonly action: string }[] = ACTIONS;

const ACTIONS_BY_VERB = new Map<string, ActionRow[]>();
for (const { verbs, object, posture, weight, action, end } of ACTIONS) {
  const row: ActionRow = { objects: new Set(object.split("+")), posture, weight: Number(weight), action, end };
  for (const verb of words(verbs)) ACTIONS_BY_VERB.set(verb, [...(ACTIONS_BY_VERB.get(verb) ?? []), row]);
}

const EVENTS_BY_VERB = new Map(EVENTS.flatMap(({ verbs, action, end }) => words(verbs).map((verb) => [verb, { action, end }] as const)));

export function actionRows(verb: string): readonly ActionRow[] {
  return ACTIONS_BY_VERB.get(verb) ?? [];
}

export function eventRow(verb: string): { readonly action: string; readonly end: string } | undefined {
  return EVENTS_BY_VERB.get(verb);
}

/** The infinitive among a form's candidates that these tables know. */
export function knownVerb(candidates: readonly string[]): string | undefined {
  return candidates.find((verb) => ACTIONS_BY_VERB.has(verb) || EVENTS_BY_VERB.has(verb));
}

/** Verbs by which the narration lets somebody speak. */
export const SPEECH_VERBS: ReadonlySet<string> = new Set(["say", "speak", "answer", "reply", "ask", "whisper", "murmur", "mutter", "shout", "call", "cry", "add", "tell", "explain", "think", "wonder"]);

/** What only somebody alive does: who is its subject is a character. */
export const LIVING_VERBS: ReadonlySet<string> = new Set([...SPEECH_VERBS, ...words("walk run sit smile laugh weep look watch listen lift carry take give hold nod kneel remember know want love wear sleep wake eat drink play sing write read")]);
