import { choices, indexRows, readTable, words, type Row } from "./table.ts";

type PlaceCells = Row<"nouns" | "kind" | "heads" | "features" | "lights" | "sound">;

/**
 * Nouns of places. `kind`: in, out, under (without daylight), drop (one falls through it), cabin (weightless).
 * `heads`, `features`, `lights` are choices; a description takes one head, two features and one light.
 */
const PLACES = readTable<keyof PlaceCells>(["nouns", "kind", "heads", "features", "lights", "sound"], `
parking-lot car-park lot highway motorway gas-station petrol-station | out | wide asphalt parking lot; stretch of wet asphalt | painted white lines; parked cars in a row; low concrete kerb; chain-link fence | tall lamp on a steel post; neon glow from a low building | far traffic, a humming lamp
quarry canyon gorge ravine | out | deep stone quarry with stepped walls; narrow rocky gorge | pale rock ledges; heap of broken stone; dark water at the bottom; rusted winch | grey open sky; hard light on the upper ledge | a stone falling, wind along the rock
swamp marsh bog moor heath | out | flat marsh of dark pools; wide heath of low shrubs | reeds; dead tree; narrow plank path; wet moss | low mist; open sky | frogs, wind in the reeds
waterfall | out | narrow waterfall over black rock | wet stones; pool of churning water; ferns | light caught in the spray | rushing water
volcano glacier iceberg | out | bare slope of black rock; wide blue-white glacier | deep cracks; loose stones; far horizon | hard light on the edges | wind, a deep crack
island | out | small rocky island; low island of sand and rock | flat stones; wind-bent tree; line of surf | sky reflected on the water | waves all around, gulls
lighthouse windmill watermill mill | in | round room of whitewashed stone; old mill room of rough beams | spiral stairs; small deep window; wooden table; iron wheel | turning light from above; daylight through a small window | wind at the walls, wood creaking
barn stable farmhouse | in | high wooden barn; low stable with stone walls | heaps of straw; wooden stalls; ladder; heavy beam | light through the gaps of the boards; lantern on a nail | straw rustling, a beam creaking
diner canteen cafeteria supermarket grocery mall | in | narrow diner with a long counter; wide shop with long aisles | row of stools; window onto the road; tiled floor; crowded shelf | fluorescent tubes; neon light through the window | a humming fridge, cutlery
motel hotel inn-room | in | plain hotel room; narrow motel room | iron bed; window with thin curtains; wooden chair; closed door | lamp beside the bed; neon light through the curtain | a far lift, steps in the corridor
police-station precinct | in | plain police office with half-glass partitions | heavy desk; wooden chair; metal shelf; window with slatted blinds | desk lamp; fluorescent tubes | a far telephone, paper
factory warehouse garage hangar plant mill-hall | in | high factory hall of brick and iron; wide empty warehouse | iron pillar; stacked crates; concrete floor; heavy sliding door | row of hanging lamps; daylight through dirty skylights | a machine far away, chains
laboratory lab observatory | in | white laboratory; narrow room of instruments | long bench of glass vessels; metal shelf; round stool; tall window | cool ceiling tubes; one lamp over the bench | a low fan, glass touching glass
bathroom washroom | in | small tiled bathroom | white basin; clouded mirror; iron tub; tiled floor | one bulb over the mirror | a dripping tap
lift elevator | in | narrow lift cabin with steel walls | closed sliding door; brass rail; scuffed floor | one ceiling panel | a motor, cables
stadium arena colosseum circus | out | wide arena of stone steps; open stadium with empty rows | sand floor; rows of seats; high wall; dark entrance | hard light from above; two tall masts of lamps | wind in the empty rows
airport airfield runway | out | wide airfield of grey concrete | painted white lines; low hangar; wind sock | row of low lamps; open sky | wind, a far engine
square plaza piazza marketplace forum agora | out | cobbled square; square paved with worn grey stone; wide sandy square | sandstone arcade along one side; dry stone fountain in the middle; shuttered house fronts; stone bench under a plane tree | two iron street lamps; string of bare bulbs overhead | distant footsteps on stone, pigeons
street road avenue lane alley boulevard town city village district quarter neighborhood neighbourhood harbor-street | out | narrow cobbled street; sloping street of worn stone; street between tall plaster house fronts | row of wooden doors; iron balcony railings; wet gutter along a stone kerb; low garden wall | single wall lamp on an iron bracket; lit upper windows | distant footsteps, a shutter moving in the wind
market fair bazaar | out | open-air market between old house walls | canvas stalls in faded stripes; wooden crates of fruit; stone bench | lamps hung from the stall poles | a murmur of voices, crates being set down
park garden orchard courtyard yard | out | walled garden; quiet park with gravel paths; green courtyard | stone bench; old tree with low branches; beds of bright flowers; gravel path | low lantern on a post; lit window in the wall behind | birds, leaves moving, gravel under shoes
field meadow pasture prairie farm countryside vineyard | out | wide field of knee-high grass; open meadow | line of hedges; lone tree; wooden gate; dirt path | open sky; low sun on the grass | wind in the grass, insects
bank riverbank shore riverside | out | grassy riverbank; sloping green bank | slow water; hanging willow tree; flat stones; daisies in the grass | sunlight glinting on the water; open sky | running water, insects
river stream brook canal pond lake | out | slow dark river between low banks; narrow clear stream | reeds along the edge; flat stones; wooden jetty | sky reflected on the water | water lapping
forest wood woods jungle grove | out | dense forest of tall trunks; old beech wood | mossy fallen log; narrow path; ferns; thick roots | shafts of light between the trunks; pale gap in the leaves | leaves moving, a single bird
mountain hill hilltop ridge cliff valley slope | out | bare rocky hillside; wind-bent grassy ridge | flat stones; narrow path; lone tree; low stone wall | wide open sky | wind
beach coast seaside sand dune dunes | out | long empty beach; pebble beach below low cliffs | line of wet sand; wooden posts; overturned rowing boat; flat stones | sky reflected on wet sand | waves on the shore
sea ocean waves | out | open grey sea; dark rolling sea | long swell; foam lines; far horizon | broken light on the waves | wind and deep waves
desert | out | wide desert of pale dunes | rippled sand; flat stones; far horizon | hard open sky | wind over sand
harbour harbor port dock docks pier quay wharf | out | stone harbour; long wooden pier | coiled ropes; moored fishing boats; iron bollard; stacked crates | lamp on an iron post | water slapping wood, gulls
bridge | out | old stone bridge; iron footbridge | waist-high railing; worn paving; slow water below | two lamps on iron posts | water far below, wind
roof rooftop terrace balcony | out | flat rooftop above the city; narrow balcony | low brick wall; iron railing; row of chimneys | glow of the city below | wind, distant city
graveyard cemetery churchyard | out | old graveyard behind a stone wall | leaning headstones; iron gate; yew tree; gravel path | single lantern at the gate | wind in the trees
battlefield trench front | out | muddy trench with plank walls; churned open field | sandbags; splintered tree; coils of wire | grey open sky; one oil lamp on a nail | distant low rumble, wind
ship boat deck ferry | out | wooden ship's deck; low open deck | waist-high railing; coiled ropes; tall mast; canvas sail | lantern at the mast | creaking wood, waves against the hull
castle palace fortress tower | in | high castle room of rough stone; vaulted palace room | tall narrow window; wooden door with iron bands; stone stairs; long table | torches in iron rings; row of candles | a low draught, steps on stone
throne-room ballroom hall corridor passage hallway lobby gallery | in | long low hall; panelled hall with a stone floor; wide corridor | row of closed doors; bare wall; worn stone floor; heavy curtain | row of hanging lamps; tall window at the far end | echoing steps, a low hum of air
tunnel cave cavern mine cellar basement dungeon crypt bunker shelter | under | low stone vault; narrow tunnel of rough rock | damp wall; wooden post; low doorway; earth floor | one oil lamp on a hook; weak light from the entrance | dripping water
rabbit-hole burrow hole | under | narrow earth tunnel; round earth burrow | hanging roots; damp wall; packed earth floor | pale daylight from the opening | muffled earth, a trickle of soil
well shaft pit abyss chasm | drop | wide stone-lined well shaft; deep round shaft | rows of shelves along the wall; cupboards set into the wall; maps on pegs | small disc of daylight far above; faint glow along the wall | rushing air
room bedroom house home apartment nursery dormitory cottage hut cabin-house shed attic | in | small plain room; low-ceilinged room with bare floorboards; narrow attic room | window with thin curtains; wooden table; iron bed; wooden chair; closed door | small table lamp; daylight through one window | a ticking clock, wood settling
kitchen | in | old kitchen; narrow kitchen with a tiled floor | long wooden table; iron stove; window over the sink; shelf of enamel pots | lamp over the table; daylight through one window | a kettle, wood settling
bakery shop store bookshop workshop forge studio | in | small old shop; long narrow workshop | wooden counter; crowded shelf; window onto the street; worn workbench | one hanging lamp; daylight through the shop window | a door bell, quiet handling of wood
cafe bar pub inn tavern restaurant saloon | in | low tavern room; small café with dark panelling | round tables; long counter; window onto the street; wooden chair | lamps with yellowed shades; daylight through one window | glasses, low voices
school schoolroom academy university college classroom library museum | in | high classroom; quiet library room | rows of desks; tall shelf of books; tall window; blackboard | daylight through tall windows; green-shaded desk lamps | pages turning, a chair on wood
church chapel cathedral temple monastery | in | cool whitewashed church; vaulted stone church | rows of wooden benches; tall narrow window; stone altar; thick pillar | row of candles; coloured light from one window | echoing steps, a faint draught
hospital clinic ward | in | long hospital ward; small pale hospital room | row of iron beds; tall window; white curtain; metal chair | daylight through tall windows; one lamp over the bed | soft steps, a cart far away
office bank-office courtroom | in | plain office; office with half-glass partitions | heavy desk; metal shelf; window with slatted blinds; wooden chair | desk lamp; daylight through slatted blinds | a clock, paper
theatre theater stage auditorium cinema concert-hall | in | empty wooden stage; old theatre | rows of seats; heavy curtain; bare boards; tall wings | one work lamp; a single warm spot from above | creaking boards
station railway train-station platform | out | old railway platform under an iron roof; small country station | wooden bench; iron pillar; rails; station clock without numerals | two lamps under the roof; low light along the rails | wind along the rails, a far train
train carriage compartment bus tram | in | narrow train compartment; old railway carriage | wooden seats; window with the land passing; luggage rack; sliding door | dim ceiling lamp; daylight through the window | wheels on rails
car truck taxi | in | inside of an old car | worn seats; windscreen; side window | daylight through the windscreen; glow from the dashboard | an idling engine
prison cell jail | in | narrow prison cell | iron bed; barred window; heavy door; rough wall | pale light through the barred window | steps behind a door
spacecraft capsule cockpit spaceship module | cabin | cramped spacecraft cabin; narrow command cabin | grey panels with unlabelled switches; two small triangular windows; three padded couches; stowed hose loops | hard white sunlight through one window; green glow of the panels | steady ventilation hum, soft radio static
control-room mission-control | in | large control room | rows of grey consoles; wall of dark projection screens; swivel chairs; headset cables | cool fluorescent ceiling tubes; glow of small round screens | low hum of machines, soft radio static
moon planet crater | out | grey cratered plain; pale dust plain under a black sky | scattered sharp rocks; deep footprints; low crater rim | one hard low sun; black sky | silence
sky heaven clouds | out | wide sky above a layer of cloud | towering clouds; thin veils of mist; far horizon | low sun above the clouds | high wind
tent camp | out | small camp of canvas tents | camp fire; wooden crates; guy ropes | camp fire; one lantern on a pole | a fire crackling, canvas in the wind
fireplace hearth | in | dark room around an open fireplace | stone hearth; worn armchair; wooden table | fire in the hearth | fire crackling
`);

export type PlaceKind = "in" | "out" | "under" | "drop" | "cabin";

export interface PlaceNoun {
  readonly kind: PlaceKind;
  readonly heads: readonly string[];
  readonly features: readonly string[];
  readonly lights: readonly string[];
  readonly sound: string;
}

const PLACES_BY_NOUN = indexRows(PLACES, ({ nouns }) => words(nouns));

export function placeNoun(noun: string): PlaceNoun | undefined {
  const row = PLACES_BY_NOUN.get(noun);
  if (!row) return undefined;
  return { kind: row.kind as PlaceKind, heads: choices(row.heads), features: choices(row.features), lights: choices(row.lights), sound: row.sound };
}

/** The first place that a description speaks of, for places that a person described. */
export function placeInText(text: string): PlaceNoun | undefined {
  for (const word of text.toLowerCase().match(/[\p{L}-]+/gu) ?? []) {
    const found = placeNoun(word) ?? placeNoun(word.replace(/s$/, ""));
    if (found) return found;
  }
  return undefined;
}

/** Where a story plays that names no place, by setting. */
export const DEFAULT_PLACES = {
  today: "room", wartime: "street", victorian: "room", fairytale: "castle", antiquity: "temple",
  renaissance: "garden", space: "spacecraft", future: "corridor", frontier: "prairie", seafaring: "deck",
} as const;
