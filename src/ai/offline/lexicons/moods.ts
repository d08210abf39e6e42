import { choices, indexRows, readTable, words } from "./table.ts";

type MoodCells = Record<"feeling" | "words" | "labels" | "body" | "place", string>;

/** Feelings: the words of the narration that speak for one, its names, how a body and how a place shows it. */
const MOODS = readTable<keyof MoodCells>(["feeling", "words", "labels", "body", "place"], `
calm | quiet calm peaceful slow slowly gentle gently rest soft softly silent silence peace breathe patient patiently morning supper | Unhurried; Settled; Composed; Plain | low shoulders, slow breath; loose hands, even gaze; weight on both feet, soft brow; elbows resting, breath let go | even light, nothing out of its place; soft edges, slow air; a surface long untouched; warm colour, no movement but one
watchful | fog dark darkness night nightfall midnight wait waited waiting still watch watched guard alone far cold count counted counting hush hushed | Watchful; Guarded; Wary; Hushed | eyes going from point to point, chin still; breath held high in the chest; shoulders drawn up against the cold; weight on the front foot, nothing else moving | shapes half kept back; one thing clear, the rest withheld; an edge where nothing shows yet; a dark that seems to listen
attentive | hear heard sound sounds note notes played play listen listened answer answered listening ring rang bell music song called | Attentive; Intent; Expectant; All ears | head tilted, breath stopped; eyes wide, the gaze on nothing; a hand stopped in mid-air; lips parted, neck stretched | a stillness that waits for the next beat; air that trembles and settles; one small movement in a still frame; clear depth, nothing in the way
wistful | ago years remember remembered memory past lost childhood yesterday | Wistful; Far away; Longing | a look that goes past everything near; a half smile that does not stay; fingers touching what is no longer there; head inclined, slow blinks | bleached edges, colour going out; worn surfaces in late light; a space kept free for somebody; warm haze, outlines softened
resolute | hurried hurry ran pulled pull crossed climbed climb lifted lift steered owned went carried carry must pushed opened set took held paid | Resolute; Determined; Steady; Set | jaw firm, eyes ahead; quick sure hands; long stride, back straight; chin down, shoulders square | strong lines leading one way; firm contrast, clean edges; a straight path through the picture; weight low in the frame
tense | afraid fear feared terror terrified danger dangerous nervous anxious anxiously worried worry late suddenly alarm siren sirens gun soldiers shot threat trembled trembling strange wrong cannot shouted shout scream screamed missed split fell police detective vanished disappeared murder murdered killer killed blood bloody knife knocking knocked creaked creaking cellar chains chained ghost haunted corpse trapped ambulance emergency crash crashed | Uneasy; Tense; On edge; Strained | shoulders drawn up, quick glances; jaw set, breath held; hands never quite still; neck stiff, eyes too wide | hard edges, one thing out of place; deep shade close by; a frame slightly too tight; stillness about to break
sad | sad sadly loss lonely grief tears cried cry wept weep dead died death buried grave funeral mourning empty never goodbye farewell pity poor sorrow broken missing regretted die dying suicide widow orphan abandoned refugee refugees hunger hungry starving starved | Sorrowful; Forlorn; Grieving; Bereft | bent neck, heavy hands; eyes lowered, slow blinks; shoulders sunk, mouth slack; arms drawn close to the body | much empty space, faded colour; bare surfaces, no movement; low dull light; a thing left where it fell
hopeful | hope hoped hoping light dawn began begin new spring tomorrow free promise won win winner discovered rise rose alive | Hopeful; Awake; Lighter; Opening up | lifted chin, open eyes; straight back, steady breath; chest open, hands ready; brows raised, mouth about to smile | light growing from one side; one clear bright point; clean air, open depth; colour coming back from the edges
curious | wonder wondered wondering curious curiosity surprised surprise found secret hidden looked why how what question asked peeped key mystery odd | Curious; Wondering; Searching; Puzzled | leaning in, brows up; head tilted, lips parted; eyes quick, body still; nose forward, hands behind the back | depth that draws the eye; one lit detail, the rest in shade; a gap left open; something half covered
angry | angry anger furious rage hate hated fought fight cruel enemy war foe refused struck | Angry; Defiant; Bitter; Hard | clenched jaw, square shoulders; short breath, hard eyes; tight fists, planted feet; nostrils wide, chin pushed out | harsh contrast, hard lines; cold clear light, sharp shadows; nothing soft in the picture; one colour too strong
tender | love loved loving tender tenderly mother dear kiss kissed gentle heart beloved warm warming warmth child beauty thanked grandfather grandmother milk | Tender; Warm; Close; Fond | soft eyes, slow hands; head inclined, loose mouth; open palms, small movements; brows smooth, a breath shared | warm light on worn surfaces; soft focus at the edges; close, still air; two things leaning on each other
joyful | joy happy happily laughed laughing laugh smile smiled delight delighted danced dance celebrate celebration cheer sang sing wonderful lovely loveliest | Joyful; Light-hearted; Bright; Merry | open face, springing step; wide smile, loose arms; raised head, quick hands; shoulders shaking, eyes narrowed | bright clear colour; air full of movement; light from every side; colours close together
`);

export interface Mood {
  readonly feeling: string;
  readonly labels: readonly string[];
  readonly body: readonly string[];
  readonly place: readonly string[];
}

const ROWS = MOODS.map((row): Mood & { readonly words: readonly string[] } => ({
  feeling: row.feeling,
  words: words(row.words),
  labels: choices(row.labels),
  body: choices(row.body),
  place: choices(row.place),
}));

const MOODS_BY_WORD = indexRows(ROWS, (row) => row.words);
const MOODS_BY_FEELING = new Map(ROWS.map((row) => [row.feeling, row]));

export function moodOfWord(word: string): Mood | undefined {
  return MOODS_BY_WORD.get(word);
}

/** What decides on the feeling of a sentence, whatever else is in it: `her mother died` is not tender. */
const STRONG = new Set(words("died die dying dead death funeral grief mourning murder murdered killed blood corpse vanished disappeared police afraid fear terror terrified screamed scream siren sirens love loved kissed hate hated furious rage joy joyful delight delighted celebrate wept weep sobbed"));

/** How much a word says of the feeling. */
export function moodWeight(word: string): number {
  return STRONG.has(word) ? 3 : 1;
}

export function moodNamed(feeling: string): Mood {
  return MOODS_BY_FEELING.get(feeling) ?? ROWS[0]!;
}
