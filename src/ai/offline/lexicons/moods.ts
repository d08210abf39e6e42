import { choices, indexRows, readTable, words } from "./table.ts";

type MoodCells = Record<"feeling" | "words" | "labels" | "body" | "place", string>;

/** Feelings: the words of the narration that speak for one, its names, how a body and how a place shows it. */
const MOODS = readTable<keyof MoodCells>(["feeling", "words", "labels", "body", "place"], `
calm | quiet calm peaceful slow slowly gentle gently rest soft softly still silent silence peace evening breathe patient patiently | Quiet; Calm; At rest | low shoulders, slow breath; loose hands, unhurried eyes; even breath, soft brow | nothing moves faster than breath; soft edges, slow air; even light, long stillness
tense | afraid fear feared terror terrified danger dangerous nervous anxious anxiously worried worry hurry late suddenly alarm siren sirens gun soldiers shot threat trembled trembling dark strange wrong cannot | Uneasy; Tense; On guard | shoulders drawn up, quick glances; jaw set, breath held; hands never quite still | hard edges, one thing out of place; deep shade close by; stillness that waits
sad | sad sadly lost loss lonely alone grief tears cried cry wept weep dead died death buried grave funeral mourning empty gone never goodbye farewell pity poor sorrow broken missing | Sorrowful; Forlorn; Grieving | bent neck, heavy hands; eyes lowered, slow blinks; shoulders sunk, mouth slack | much empty space, faded colour; bare surfaces, no movement; low dull light
hopeful | hope hoped hoping light dawn first began begin morning new again spring tomorrow free free promise rise rose alive | Hopeful; Resolute; Awake | lifted chin, open eyes; straight back, steady breath; chest open, hands ready | light growing from one side; one clear bright point; clean air, open depth
curious | wonder wondered wondering curious curiosity strange surprised surprise found discovered secret hidden looked why how what question peeped key mystery odd | Curious; Wondering; Intent | leaning in, brows up; head tilted, lips parted; eyes quick, body still | depth that draws the eye; one lit detail, the rest in shade; a gap left open
angry | angry anger furious rage hate hated shouted fight fought cruel enemy war foe refused struck | Angry; Defiant; Bitter | clenched jaw, square shoulders; short breath, hard eyes; tight fists, planted feet | harsh contrast, hard lines; cold clear light, sharp shadows; nothing soft in the picture
tender | love loved loving tender tenderly mother dear kiss kissed held gentle heart beloved hand remember remembered warm warmth child beauty | Tender; Warm; Close | soft eyes, slow hands; head inclined, loose mouth; open palms, small movements | warm light on worn surfaces; soft focus at the edges; close, quiet air
joyful | joy happy happily laughed laughing laugh smile smiled delight delighted danced dance celebrate celebration cheer sang sing wonderful lovely loveliest music | Joyful; Light-hearted; Bright | open face, springing step; wide smile, loose arms; raised head, quick hands | bright clear colour; air full of movement; light from every side
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

export function moodNamed(feeling: string): Mood {
  return MOODS_BY_FEELING.get(feeling) ?? ROWS[0]!;
}
