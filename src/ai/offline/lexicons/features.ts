import { indexRows, readTable, words, type Row } from "./table.ts";

type FeatureCells = Row<"nouns" | "spot" | "detail" | "end">;

/** Things that stand in a place: where somebody can be beside them, and a picture of the thing alone. */
const FEATURES = readTable<keyof FeatureCells>(["nouns", "spot", "detail", "end"], `
arcade | under the arcade | shadow creeps along the arcade's arches, pillar by pillar | the last arch half in shade
fountain | beside the fountain | a dry leaf skitters along the fountain's stone rim and drops into the basin | the leaf still at the bottom
bench benches | by the bench | a sheet of blank paper lifts from the bench in the wind and slides off its edge | the bench empty
tree trees plane willow yew | under the tree | one branch dips in the wind and lets a leaf go | the leaf on the ground, branch still
window windows | at the window | a curtain edge swells slowly inward at the window | the curtain hanging straight again
door doors | by the door | a door drifts open by a hand's width, a line of light widening on the floor | the door at rest, the line of light steady
doorway | in the doorway | a draught turns dust in the light of the doorway | the dust settled on the threshold
curtain | beside the curtain | the curtain stirs from below as a draught passes | its folds hanging still
lamp lamps | under the lamp | a lamp sways a little, its pool of light sliding over the floor | the pool of light at rest
lantern | near the lantern | the flame in the lantern bends and rights itself | the flame upright
candle candles | by the candles | one candle flame shivers, a bead of wax running down | the wax set, the flame upright
torches torch | below the torch | torch flames bend sideways in a draught | the flames upright again
wall walls | against the wall | light slides slowly across the rough wall | the light resting in a corner
railing railings | at the railing | drops run along the underside of the railing and fall one by one | one drop hanging
stairs steps | at the foot of the stairs | a small stone rolls down step after step | the stone at rest on the lowest step
table tables | at the table | a cup on the table trembles, rings spreading in what it holds | the surface flat again
chair chairs | beside the chair | a coat slides from the chair's back to the floor | the coat in a heap
bed | beside the bed | a hand smooths the blanket on the bed flat | the blanket flat, the hand gone
shelf shelves cupboards | in front of the shelves | dust drifts past the crowded shelves in a bar of light | the dust settled
counter | at the counter | a coin spins on the counter, slower and slower | the coin flat
hedge hedges | along the hedge | leaves of the hedge shake as something small slips through | the hedge still
gate | at the gate | the gate swings shut by itself | the gate closed
path | on the path | dust rises from the path in a gust and thins out | the path clear and empty
grass | in the grass | wind presses the grass down in one long wave | the blades upright again
daisies flowers beds | among the flowers | a flower head nods under a landing bee | the flower swaying, empty
water | at the water's edge | rings spread over the water from a single drop | the water smooth
stones | on the flat stones | water darkens one flat stone and draws back | the wet stone shining
reeds | near the reeds | reeds bend together in the wind | the reeds upright
log | beside the fallen log | a beetle climbs over the log's moss | the moss still
ferns | among the ferns | fern fronds lift slowly after a weight has passed | the fronds at rest
roots | among the roots | crumbs of soil trickle down between the roots | the soil at rest
trunks | between the trunks | a shaft of light moves from one trunk to the next | the light on bare bark
horizon | against the horizon | a band of light thins along the horizon | only a narrow line left
ropes | beside the ropes | a rope tightens, water pressed from its strands | the rope taut and still
boat boats | beside the boat | a moored boat swings slowly to the end of its line | the line taut
posts | between the posts | foam runs round the wooden posts and drains off | the posts dark and dripping
mast | at the mast | the canvas at the mast fills and snaps tight | the canvas full
headstones | between the headstones | a snail crosses the face of a blank headstone | the snail at the edge
sandbags | behind the sandbags | sand runs from a split sandbag | the last grains fallen
pillar | by the pillar | light climbs the pillar by a hand's breadth | the light steady
altar | before the altar | smoke from a snuffed wick curls above the altar | the smoke gone
desk desks | at the desk | a pencil rolls over the desk and stops at the edge | the pencil still
blackboard | before the blackboard | chalk dust drifts down from the wiped blackboard | the ledge white with dust
stove | by the stove | steam lifts the lid of a pot on the stove | the lid settled
hearth fire | near the fire | a log breaks in the fire and sparks rise | embers glowing low
seats couches | beside the seats | a strap floats up from an empty seat and turns over | the strap hanging still
panels switches | at the panels | an unlabelled switch is pressed and a row of small lamps turns from amber to green | all lamps green
consoles screens | at the consoles | a trace on a small round screen flattens and rises once | the trace level
hose | by the stowed hoses | a grey hose loop uncoils slowly in the cabin air | the loop stretched out
stalls | between the stalls | striped canvas of a stall flaps once and drops | the canvas slack
crates | beside the crates | an apple rolls off the crates and over the ground | the apple at rest
rails | beside the rails | the rails begin to tremble, a pebble dancing on one | the pebble fallen
balcony | below the balcony | a cloth on the balcony lifts in the wind | the cloth hanging down
gutter kerb | along the kerb | water carries a matchstick along the gutter | the matchstick caught on a stone
chimneys | beside the chimneys | smoke from the chimneys leans over in the wind | the smoke rising straight
rocks crater | among the rocks | fine dust slides down the face of a rock | the dust at rest
clouds | among the clouds | a cloud edge closes over a patch of light | grey everywhere
dunes sand | on the ridge of sand | grains stream off the ridge of sand in the wind | the ridge a little lower
bollard | by the bollard | a rope loop tightens on the bollard and creaks | the loop still
maps | beside the hanging maps | the corner of a hanging map curls up in the moving air | the map flat again
wings | in the wings | the edge of the stage curtain trembles | the curtain still
boards | on the bare boards | dust jumps between the boards from a single footfall | the dust settled
`);

export interface Feature {
  readonly noun: string;
  readonly spot: string;
  readonly detail: string;
  readonly end: string;
}

const FEATURES_BY_NOUN = indexRows(FEATURES, ({ nouns }) => words(nouns));

/** The features that a description speaks of, in its order, each once. */
export function featuresIn(description: string): Feature[] {
  const found = new Map<string, Feature>();
  for (const word of description.toLowerCase().match(/\p{L}+/gu) ?? []) {
    const row = FEATURES_BY_NOUN.get(word);
    if (row && !found.has(row.spot)) found.set(row.spot, { noun: word, ...row });
  }
  return [...found.values()];
}

export function isFeature(noun: string): boolean {
  return FEATURES_BY_NOUN.has(noun);
}
