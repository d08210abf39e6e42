import { readTable, words } from "./table.ts";

/**
 * What a person does where the narration shows nothing. `posture`: the ones it can be done in.
 * `feeling`: the mood it speaks of; `any` fits all.
 */
const GESTURES = readTable<"posture" | "feeling" | "action" | "end">(["posture", "feeling", "action", "end"], `
stand sit | any | rubs the back of one hand with the thumb of the other | the thumb stopped on the knuckles
stand | any | shifts {his} weight from one foot to the other and looks past the camera | both feet planted, chin level
stand sit kneel fall float | any | turns {his} face slowly out of the shade into the light | the face lit from one side, eyes open
stand sit | any | smooths one sleeve down to the wrist and holds the cuff | fingers closed round the cuff
stand | any | takes two slow steps towards the camera and stops | a pace nearer, arms hanging
stand | any | turns {his} back and lets one hand trail along the nearest surface | the hand lifted, back straight
stand sit kneel | any | looks down at {his} open palms and closes them | both hands closed, head bent
stand sit fall float | any | lifts {his} eyes slowly to a point high above the camera | eyes raised, throat bare
stand sit | any | pushes a strand of hair from {his} forehead with the back of the wrist | the wrist lowered, brow clear
stand sit kneel | calm | breathes out and lets both shoulders sink | shoulders low, eyes half closed
stand sit | calm | folds {his} hands one over the other, finger by finger | the hands folded and still
stand | calm | leans back until the shoulder blades find a hold | leaning, head tipped back
stand sit | calm | follows something small with the eyes {dir}, head turning last | eyes at rest, head turned
stand sit | tense | presses {his} lips together and grips one wrist | knuckles pale, wrist still held
stand | tense | takes a step back and glances over one shoulder | half turned, chin on the shoulder
stand sit kneel fall float | tense | jerks {his} head round at a sound outside the frame | eyes wide, head quite still
stand sit | tense | winds a loose thread round one finger until the fingertip turns pale | the thread tight, finger still
stand | tense | paces three steps {dir} and stops dead | stopped in mid-stride, one heel raised
stand sit kneel | sad | lets {his} head sink until the chin touches the chest | chin down, eyes closed
stand sit | sad | covers {his} mouth with one hand, shoulders drawn in | the hand in place, eyes wet
stand sit | sad | lays a flat palm on the empty place beside {him} | the palm still, fingers spread
stand | sad | rests {his} forehead against the nearest upright and breathes | forehead resting, back bent
stand sit kneel | hopeful | raises {his} chin little by little, light climbing over the face | chin high, eyes bright
stand sit | hopeful | opens a clenched fist finger by finger | the hand open, palm to the light
stand | hopeful | rises onto {his} toes and looks out over the frame's edge | on tiptoe, neck stretched
stand sit fall float | curious | leans forward with narrowed eyes, one hand lifted | nose a hand's breadth from what is studied
stand sit kneel | curious | tilts {his} head to one side, then to the other | head tilted, eyebrows up
stand kneel | curious | stretches one finger out and draws it back | the finger in the air, bent
stand sit | curious | counts something on {his} fingers, lips moving without a sound | four fingers up, lips closed
stand sit | angry | clenches {his} jaw and closes both hands | fists at the sides, jaw set
stand | angry | turns away sharply, clothes swinging with the turn | back to the camera, shoulders high
stand sit kneel | tender | runs a thumb along {his} own cheek and lets it rest | the thumb at the corner of the mouth
stand sit | tender | draws {his} collar together with one hand, eyes lowered | the hand at the throat, a small smile
stand sit | tender | lays one hand flat over the breastbone | the hand rising and sinking with one breath
stand | joyful | spins once on one heel with open arms | facing the camera, arms still open
stand sit | joyful | drums a light rhythm on one thigh, head nodding | the hand flat, a wide smile
sit | any | draws one knee up and clasps both hands round it | knee held, chin resting on it
sit | any | moves forward to the edge of the seat | back straight, hands on both knees
lie | any | turns {his} head towards the light, eyes opening | eyes open, cheek down
lie | any | lifts one hand into the air above the face and spreads the fingers | the hand against the light, fingers spread
lie | any | pulls both knees up and wraps {his} arms round them | curled up, quite still
kneel | any | presses one palm flat to the ground and leans on it | the palm down, weight on it
kneel | any | sits back on {his} heels, hands on the thighs | upright on the heels, breathing
fall | any | spreads both arms, sleeves billowing upward | arms wide, turning slowly
fall | any | reaches for the wall as it slides upward past, fingertips brushing it | the fingertips just clear of the wall
fall | any | tucks {his} chin and looks down past {his} own shoes | chin on the chest, eyes wide
fall | any | rolls slowly over onto {his} back, hair streaming upward | face up, hair spread
fall | any | presses {his} clothes down with both hands as they fill with air | the cloth held flat, knees together
fall | any | draws both knees up and turns once round {himself} | upright again, knees still drawn up
fall | any | stretches one leg down and feels for a hold with the toes | the toes pointed into nothing
fall | any | turns head over heels once in slow motion, shoes passing the camera | upright again, arms out
fall | any | catches hold of {his} own wrist behind the back and looks up | face to the far light, falling on
fall | any | lets a loosened shoe drift up past the knees and snatches it | the shoe held tight to the chest
fall | any | blows the hair from {his} mouth and peers sideways | eyes on what slides past, lips pursed
fall | any | crosses both legs as if on a chair, hands on the knees | sitting on nothing, still sinking
float | any | presses one hand to the headset and turns {his} eyes aside, listening | the hand still on the headset, eyes fixed
float | any | drifts {dir} along the panels, one fingertip guiding | stopped by a hand on the frame of the window
float | any | flips one switch, waits, and lifts {his} thumb | the thumb raised, one lamp green
float | any | turns {his} head towards the window, sunlight crossing the face | half the face in hard light
float | any | pulls a strap tight across the chest with one hand | the strap tight, hand flat on it
float | any | lets a pen go and watches it turn in the air | the pen hanging between hand and face
float | any | runs a finger down a checklist with blank ruled pages | the finger stopped halfway down
float | any | swings the microphone boom to {his} lips and speaks two short words | lips closed, hand leaving the boom
float | any | plants both feet under a couch edge and straightens up | upright in the air, arms folded
`);

/** What somebody at a console does: for people who work by radio. */
const CONSOLE_GESTURES = readTable<"action" | "end">(["action", "end"], `
presses one earpiece closer with two fingers and leans towards the screen | fingers on the earpiece, eyes on the screen
speaks two short words into the headset, thumb on a switch | lips closed, the thumb lifted
writes a quick line on a pad without looking down, the pad hidden by the wrist | the pen lifted, eyes still ahead
leans back in the swivel chair and rubs the bridge of {his} nose | the hand lowered, eyes open
raises one hand to someone outside the frame, palm flat | the palm still up, head turned
turns a round knob by a finger's breadth and waits | the fingers resting on the knob
pulls {his} chair in and folds both forearms on the console | forearms folded, shoulders forward
takes {his} pencil from behind one ear and holds it ready | the pencil upright, not moving
`);

/** What somebody does who speaks. */
const SPEECH_GESTURES = readTable<"action" | "end">(["action", "end"], `
speaks a few words, chin lifted, one hand turning palm up | lips closed, the palm still up
speaks quietly from the corner of {his} mouth, eyes on the ground | lips pressed together, eyes rising
says a short sentence and stops, breath held for what comes back | mouth closed, head tilted to listen
speaks quickly, both hands marking the words in the air | the hands caught in the air, lips closed
speaks slowly, one finger raised | the finger still raised, lips closed
leans forward and speaks, eyebrows high | leaning in, lips just closed
speaks with a small shake of the head | head still, eyes wide
says a few words to {himself}, lips hardly moving | lips still, gaze turned inward
takes a quick breath, speaks, and covers {his} mouth | the hand over the mouth, eyes wide
speaks with closed eyes, nodding once at each word | eyes open, chin down
throws up one hand and speaks into the empty air | the hand sinking, lips closed
speaks over one shoulder without turning round | profile to the light, lips closed
`);

/** What an animal does for a verb of the narration. */
const CREATURE_ACTIONS = readTable<"verbs" | "posture" | "action" | "end">(["verbs", "posture", "action", "end"], `
run race rush hurry dash scurry flee escape chase pop | move | darts {dir} {path}, body stretched low | it is gone from the frame, the place empty
walk go come step follow cross wander pass arrive enter return approach | move | trots {dir} {path}, head low | it stops at the frame's edge and looks back
jump leap spring climb | | crouches, then springs up in one movement | all feet down again, back arched
look watch see stare gaze notice listen hear | | raises its head and stares {at}, ears forward | ears forward, quite still
eat bite drink chew taste | | lowers its head and feeds with quick small movements of the jaw | head up, jaw still working
sleep lie rest doze | | curls up and tucks its nose under | curled up, flank rising and sinking
fly | move | beats its wings and glides {dir} | wings folded, head turned
bark cry call say speak whisper shout | | stretches its neck and opens its mouth wide | mouth closed, head high
`);

/** What an animal does where the narration shows nothing. */
const CREATURE_GESTURES = readTable<"action" | "end">(["action", "end"], `
lifts its head, ears turning to a sound | head high, ears still
takes three quick steps {dir} and stops | one foot raised
sits back on its haunches and sniffs the air | nose up, eyes bright
turns its head over one shoulder towards the camera | looking back, quite still
lowers its nose to the ground and follows a line {dir} | nose down, one foot forward
shakes itself from the head to the tail | fur settling, eyes half closed
`);

export interface Gesture {
  readonly postures: readonly string[];
  readonly feeling: string;
  readonly action: string;
  readonly end: string;
}

export const PERSON_GESTURES: readonly Gesture[] = GESTURES.map(({ posture, ...row }) => ({ ...row, postures: words(posture) }));

export const ANIMAL_GESTURES: readonly Gesture[] = CREATURE_GESTURES.map((row) => ({ ...row, feeling: "any", postures: [] }));

export const TALKING_GESTURES: readonly Gesture[] = SPEECH_GESTURES.map((row) => ({ ...row, feeling: "any", postures: [] }));

const ANIMAL_ACTIONS = new Map(CREATURE_ACTIONS.flatMap((row) => words(row.verbs).map((verb) => [verb, row] as const)));

export function animalAction(verb: string): { readonly posture: string; readonly action: string; readonly end: string } | undefined {
  return ANIMAL_ACTIONS.get(verb);
}

export const RADIO_GESTURES: readonly Gesture[] = CONSOLE_GESTURES.map((row) => ({ ...row, feeling: "any", postures: [] }));
