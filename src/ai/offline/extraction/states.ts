import type { AssetKind } from "../../../core/documents/assetDocument.ts";
import { indexRows, readTable, words } from "../lexicons/table.ts";

/** What a state changes in a look: an age of its own, parts that go, parts that come. */
const STATES = readTable<"states" | "kinds" | "age" | "adds">(["states", "kinds", "age", "adds"], `
old older aged elderly | character | 71 | white hair, deep-lined face, stooped shoulders
young younger youth | character | 21 | smooth face, dark full hair, upright bearing
child boy girl kid little | character | 8 | small slight build, round face, short sleeves
wounded injured hurt bandaged | character | | white bandage round the left forearm, smear of dried blood
wet soaked drenched | character | | hair and clothes soaked dark, clinging, dripping
muddy dirty | character | | dried mud to the knees, streaked face
tired ill sick exhausted | character | | hollow cheeks, dark rings under the eyes, pale lips
wedding bride | character | | long ivory dress, short veil, white flowers
uniform soldier | character | | khaki tunic, leather belt, dusty boots
winter cold | character | | heavy wool coat, thick scarf to the chin, gloves
night sleeping | character | | long white nightshirt, loose hair
ruined destroyed burnt bombed | location | | half the walls fallen, charred beams, rubble on the ground
winter snow snowy | location | | thick snow on every surface, icicles along the edges
night | location | | unlit but for one warm lamp, black shade
rain wet | location | | wet shining surfaces, puddles
empty abandoned deserted | location | | nobody, dust on every surface, one thing overturned
flooded | location | | knee-high brown water over the floor
festive party | location | | strings of paper lanterns, long tables with white cloths
broken damaged shattered | prop | | deep crack across the middle, one piece missing
new clean polished | prop | | spotless, bright polished surface
old worn | prop | | dull worn surface, chipped edges
open | prop | | standing open, the inside visible
burnt | prop | | blackened, edges charred
wrapped | prop | | wrapped in grey cloth, tied with string
`);

const BY_STATE = indexRows(STATES, ({ states, kinds }) => words(states).map((state) => `${kinds} ${state}`));

/** The complete description in a state: the look that stays, with what the state changes. */
export function describeState(base: string, { kind, state }: { readonly kind: AssetKind; readonly state: string }): string {
  const row = state.split(/[_-]/).map((word) => BY_STATE.get(`${kind} ${word}`)).find((found) => found !== undefined);
  if (!row) return `${base}, ${state.replace(/[_-]+/g, " ")}`;
  const parts = base.replace(/[.\s]+$/, "").split(/,\s*/);
  const kept = row.age ? parts.filter((part) => !AGE_SIGNS.test(part)).map((part, index) => (index === 0 ? agedHead(part, Number(row.age)) : part)) : parts;
  const age = row.age ? [row.age] : [];
  return [kept[0], ...age, ...row.adds.split(", "), ...kept.slice(1)].filter(Boolean).join(", ");
}

const AGE_SIGNS = /^\d{1,3}$|\b(?:hair|braid|beard|moustache|stubble|curls|bun|plaits?|ponytail|bob|face|build|bearing)\b/;

/** `man` at 8 is a boy. */
function agedHead(head: string, age: number): string {
  const isFemale = /\b(?:woman|girl|female)\b/.test(head);
  const isPlain = /^(?:old |young )?(?:man|woman|boy|girl)$/.test(head);
  if (!isPlain) return head;
  if (age < 15) return isFemale ? "girl" : "boy";
  const noun = isFemale ? "woman" : "man";
  return age >= 66 ? `old ${noun}` : age < 25 ? `young ${noun}` : noun;
}
