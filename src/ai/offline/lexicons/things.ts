import { words } from "./table.ts";

/** Further nouns that a camera can see; they may stand in a picture without being an asset. */
const THINGS = `
air-mattress anchor arrow ash axe banknote banner barrel barricade bars bean bee beetle belt bicycle blanket blood board boot boots bow branch breadcrumb brick bridge brush bucket
button cabinet cable cage canvas card cards cart ceiling chain chimney cigarette cloth coal collar corner counter cradle crate cupboard curtain cushion daisy daisies dish door doorway
dress drawer dust ember engine feather fence field fire firewood fish flame floor flour flower fog food frost fruit garden gate glove grain grass gravel grave gravestone
ground hammer handle hay heap hedge hill honey hook house ice ink jacket jug kettle keyhole kettle knot label ladder leaf leaves lid light-switch log luggage marmalade mast match matchbox
meal medal milk mist moss mud nail needle nest net oar oil oven package page paint paper parcel path pebble petal pillow plank pole pot puddle
railing rain rails ribbon river road roof root sail sand screen seat seed sheet shell shelf shirt shoe shoes shore shutter shutters skirt sleeve smoke snow soap soil soup
spade spark spoon stairs stair star stars statue steam step steps stick stone stones stove straw string suit sun sunlight tail tea tent thorn thread threshold thumb ticket tile tools toy train trap tray tree
tunnel veil wagon wall water wave waves wax web wheel whisky window wine wing wire wood wool mouthpiece valve valves visor case lid hose panel switch hatch console couch microphone
tears watch waistcoat pocket bookshelf bookshelves roof doorbell hall lock leg neck top side edge curb sleeve apron bell tower clock
moon cloud clouds sky shadow horizon
`;

const CONCRETE = new Set(words(THINGS));

export function isThing(noun: string): boolean {
  return CONCRETE.has(noun);
}

const BODY_PARTS = new Set(words("hand hands arm arms head eye eyes face finger fingers shoulder shoulders hair lip lips mouth chin cheek knee knees fist fists palm foot feet ear ears neck back leg legs braid beard moustache heart"));

export function isBodyPart(noun: string): boolean {
  return BODY_PARTS.has(noun);
}

/** Adjectives that a camera can see. A colour, a material or a state of wear is worth a place in a description. */
const VISUAL_ADJECTIVES = `
black white grey gray red blue green yellow brown golden gold silver pink purple orange pale dark bright crimson scarlet ivory amber copper bronze brass blond blonde
wooden iron steel stone glass leather velvet woollen wool silk linen cotton paper tin brick marble clay straw solid crystal porcelain felt tweed lace
big large huge tall small little tiny low high long short narrow wide broad deep thick thin round square flat steep three-legged legged
old young ancient aged elderly middle-aged new worn torn dented cracked broken rusty rusted dusty dirty muddy wet dry faded scratched chipped patched tattered ragged frayed polished shiny bent crooked burnt blackened bloodstained tarnished battered weathered
empty full open closed locked folded sealed bare barefoot striped checked embroidered cobbled paved vaulted abandoned ruined deserted crowded overgrown snowy icy misty foggy sunlit moonlit lit shuttered
bald bearded freckled curly straight grizzled hunched stooped lame blind one-eyed scarred wrinkled thin fat stout plump skinny slender lanky gaunt
`;

const VISUAL = new Set(words(VISUAL_ADJECTIVES));

export function isVisual(adjective: string): boolean {
  return VISUAL.has(adjective) || /^(?:\w+-(?:legged|haired|eyed|coloured|colored|panelled|lined|faced))$/.test(adjective);
}

const COLOURS = new Set(words("black white grey gray red blue green yellow brown golden silver pink purple orange crimson scarlet ivory amber copper navy blond blonde auburn"));

export function isColour(word: string): boolean {
  return COLOURS.has(word);
}

const GARMENTS = new Set(words("coat overcoat jacket dress hat cap scarf shawl shirt boots shoes gloves skirt uniform cloak suit apron waistcoat trousers jersey sweater pullover cardigan robe bonnet headscarf blouse cape tunic gown ribbon raincoat pinafore spectacles glasses"));

export function isGarment(noun: string): boolean {
  return GARMENTS.has(noun) || GARMENTS.has(`${noun}s`);
}

const HAIR = new Set(words("hair braid beard moustache plait plaits braids curls ponytail bun whiskers"));

export function isHair(noun: string): boolean {
  return HAIR.has(noun);
}

const OTHER_FEATURES = new Set(words("eyes eye scar freckles wrinkles limp fur tail wings ears paws feathers scales mane tattoo nose cheeks hands"));

export function isBodyFeature(noun: string): boolean {
  return OTHER_FEATURES.has(noun) || OTHER_FEATURES.has(`${noun}s`);
}

/** What is not counted: no article `a`. */
const MASSES = new Set("flour water salt milk coffee tea bread dough sugar sand snow ice smoke steam wine oil blood dust paper hay straw rope cloth wool earth soil grass honey".split(" "));

export function isMass(noun: string): boolean {
  return MASSES.has(noun);
}
