import { indexRows, readTable, words, type Row } from "./table.ts";

type PersonRow = Row<"nouns" | "gender" | "head" | "age" | "outfit">;

/**
 * Nouns that stand for a person. `head` is what a camera sees (a grandmother is a woman), `age` the
 * years to choose from, `outfit` a row of OUTFITS where the trade decides on the clothes.
 */
const PEOPLE = readTable<keyof PersonRow>(["nouns", "gender", "head", "age", "outfit"], `
man gentleman fellow chap stranger guy husband lover landlord | m | man | 32-48 |
father dad papa uncle | m | man | 40-52 |
grandfather grandpa granddad | m | man | 68-78 |
boy lad schoolboy son grandson nephew brother | m | boy | 9-13 |
youth | m | young man | 17-20 |
woman lady wife lover neighbour neighbor aunt widow | f | woman | 32-50 |
mother mom mum mama | f | woman | 36-46 |
grandmother grandma granny | f | woman | 68-78 |
girl daughter granddaughter niece sister schoolgirl maiden | f | girl | 9-14 |
child kid orphan toddler | n | child | 6-9 |
baby infant | n | baby | 1-1 |
king emperor | m | king | 50-60 | royal
queen empress | f | queen | 38-50 | royal
prince | m | young man | 20-26 | royal
princess | f | young woman | 18-22 | royal
knight | m | knight | 28-40 | knight
soldier guard sergeant corporal lieutenant private recruit marine infantryman | m | soldier | 22-34 | soldier
officer general colonel major commander | m | officer | 45-58 | officer
sailor seaman | m | sailor | 28-45 | sailor
captain skipper | m | ship's captain | 48-60 | captain
pilot aviator | m | pilot | 28-40 | pilot
astronaut cosmonaut | m | astronaut | 36-44 | astronaut
controller operator engineer technician | m | engineer | 34-48 | controller
doctor surgeon physician scientist professor | m | doctor | 42-58 | doctor
nurse | f | nurse | 26-40 | nurse
priest vicar pastor monk | m | priest | 50-65 | priest
nun | f | nun | 40-60 | nun
policeman constable inspector detective | m | police officer | 36-50 | police
teacher schoolmaster | n | teacher | 38-55 |
baker | m | baker | 45-58 | apron
cook chef | n | cook | 35-55 | apron
waiter barman innkeeper | m | waiter | 30-50 | waiter
waitress maid servant housekeeper | f | maid | 22-40 | maid
butler | m | butler | 50-62 | waiter
fisherman ferryman | m | fisherman | 48-66 | fisherman
farmer shepherd gardener miller peasant | m | farmer | 45-62 | farmer
carpenter blacksmith smith mechanic shoemaker cobbler clockmaker watchmaker | m | craftsman | 48-64 | craftsman
merchant shopkeeper trader | m | shopkeeper | 45-60 | waistcoat
musician trumpeter violinist pianist fiddler drummer singer | n | musician | 34-60 | musician
painter artist sculptor | n | painter | 30-55 | painter
dancer ballerina | f | dancer | 22-30 | dancer
writer poet author journalist reporter | n | writer | 32-50 |
postman mailman messenger courier | m | postman | 30-50 | postman
thief robber pirate bandit | m | rough man | 30-45 | rough
witch sorceress | f | old woman | 60-75 | witch
wizard sorcerer magician | m | old man | 65-80 | wizard
beggar tramp vagabond | m | ragged man | 45-65 | rough
hunter ranger woodcutter | m | hunter | 38-52 | hunter
student | n | young student | 19-23 |
driver conductor porter | m | driver | 38-55 | driver
runner athlete swimmer | n | athlete | 22-30 | athlete
`);

/** What a trade wears; colours and wear are part of the row. */
const OUTFITS = readTable<"key" | "clothes">(["key", "clothes"], `
royal | floor-length crimson velvet robe with a white fur collar, thin gold circlet; deep blue brocade robe, gold chain of square links; ivory silk robe with silver embroidery, narrow silver crown
knight | dull steel breastplate over a quilted grey jacket, brown leather belt; chain mail under a plain white surcoat, scuffed leather gloves
soldier | olive wool field jacket, canvas webbing, dusty black boots; grey-green greatcoat, steel helmet on a leather strap; khaki tunic with rolled sleeves, worn brown boots
officer | pressed dark green uniform, peaked cap, black leather gloves; grey uniform coat with a high collar, polished boots
sailor | navy wool jersey, wide canvas trousers, knitted cap; striped blue jersey, tarred jacket, bare feet
captain | double-breasted navy coat with dull brass buttons, white peaked cap; weathered oilskin coat, dark roll-neck jersey
pilot | brown leather flight jacket with a sheepskin collar, leather helmet pushed back; olive flight suit, white silk scarf
astronaut | white pressure suit with grey hose fittings, close-fitting brown-and-white headset cap; white in-flight coverall, headset cap with two microphone booms
controller | short-sleeved white shirt, narrow black tie, headset with a thin boom; pale blue shirt with rolled sleeves, dark tie, headset over one ear
doctor | long white coat over a grey waistcoat, round steel glasses; charcoal suit, worn black leather bag strap across the chest
nurse | starched white apron over a pale blue dress, small white cap; plain white uniform, navy cardigan over the shoulders
priest | long black cassock, narrow white collar; coarse brown habit with a rope belt
nun | black habit, white wimple, plain wooden cross
police | dark blue uniform with two rows of buttons, leather belt; belted beige raincoat, grey felt hat
apron | white cotton apron dusted with flour, rolled shirt sleeves; blue striped apron, white shirt, cloth cap
waiter | black waistcoat, white shirt, long white apron; dark waistcoat, sleeve garters, bow tie
maid | plain black dress, white bib apron; grey cotton dress, rolled sleeves, white headscarf
fisherman | yellow oilskin coat, thick grey jersey, rubber boots; patched navy jersey, dark wool cap, canvas trousers
farmer | brown corduroy jacket, collarless shirt, mud-stained boots; faded blue overalls, straw hat with a torn brim
craftsman | scarred leather apron over a grey linen shirt, rolled sleeves; dark green work coat, pencil behind the ear
waistcoat | mustard waistcoat, white shirt with sleeve garters; brown three-piece suit, watch chain
musician | worn black suit, open white collar; dark brown velvet jacket, loose grey scarf
painter | paint-stained blue smock, rolled sleeves; grey linen shirt with flecks of paint, dark trousers
dancer | pale grey wrap cardigan over a black leotard, worn satin shoes; rust-red practice dress, bare feet
postman | dark blue uniform jacket, leather satchel across the chest; grey uniform with red piping, flat cap
rough | torn brown coat tied with string, grey stubble; patched black coat, fingerless gloves, frayed scarf
witch | layered black wool shawls, long grey skirt with a muddy hem; moss-green cloak, silver hair in loose knots
wizard | long slate-blue robe with frayed cuffs, grey beard to the belt; dark plum cloak, wooden staff
hunter | green loden coat, leather gaiters, felt hat; brown hide jacket, fur collar, heavy boots
driver | dark uniform coat with a stiff collar, peaked cap; brown leather jacket, flat cap
athlete | faded red singlet, black shorts, scuffed running shoes; grey sweatshirt with a torn neck, dark leggings
`);

export interface PersonNoun {
  readonly gender: "male" | "female" | "neutral";
  readonly head: string;
  readonly youngest: number;
  readonly oldest: number;
  readonly outfits: readonly string[];
}

const OUTFITS_BY_KEY = new Map(OUTFITS.map(({ key, clothes }) => [key, clothes.split(";").map((text) => text.trim())]));

const GENDERS = { m: "male", f: "female", n: "neutral" } as const;

const PEOPLE_BY_NOUN = indexRows(PEOPLE, ({ nouns }) => words(nouns));

export function personNoun(noun: string): PersonNoun | undefined {
  const row = PEOPLE_BY_NOUN.get(noun);
  if (!row) return undefined;
  const [youngest = 30, oldest = 45] = row.age.split("-").map(Number);
  return { gender: GENDERS[row.gender as keyof typeof GENDERS], head: row.head, youngest, oldest, outfits: OUTFITS_BY_KEY.get(row.outfit) ?? [] };
}

/** Words of many persons, with what is seen of them. */
const GROUPS = readTable<"nouns" | "look">(["nouns", "look"], `
soldier guard | group of five soldiers, dusty field uniforms, rifles on their shoulders, faces half hidden under helmets
child kid boy girl student | group of four children, between 7 and 11, mended jackets, wool stockings, scuffed shoes
sailor | group of four sailors, navy jerseys, canvas trousers, wind-reddened faces
neighbour neighbor villager townspeople | group of six villagers, men and women between 30 and 70, dark coats, aprons, headscarves
crowd people | crowd of about thirty, men and women of all ages, dark coats, hats and shawls
woman | group of four women, between 25 and 60, long coats, headscarves, baskets on their arms
man | group of four men, between 30 and 65, dark jackets, flat caps
musician player band orchestra | band of five musicians, black jackets, open collars, instruments at their knees
worker | group of five workers, blue overalls, rolled sleeves, dusty boots
refugee prisoner | group of six people, layered coats, blankets over their shoulders, small bundles
`);

const GROUPS_BY_NOUN = indexRows(GROUPS, ({ nouns }) => words(nouns));

export function groupLook(noun: string): string | undefined {
  return GROUPS_BY_NOUN.get(noun)?.look;
}

/** Nouns that mean a group though they stand in the singular. */
export const COLLECTIVES: ReadonlySet<string> = new Set(["crowd", "people", "band", "orchestra", "townspeople"]);
