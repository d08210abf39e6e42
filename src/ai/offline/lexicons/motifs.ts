import { indexRows, readTable, words, type Row } from "./table.ts";

type MotifCells = Row<"nouns" | "where" | "picture" | "end">;

/** Abstract words, and a thing that can be filmed for each; shown in the place of the scene. */
const MOTIFS = readTable<keyof MotifCells>(["nouns", "where", "picture", "end"], `
time year years hour hours age century moment decease | in | sand runs out of the upper half of an hourglass | the last grains fallen, the upper glass empty
memory memories past childhood history remembrance | in | a hand lifts a faded photograph out of a drawer | the photograph tilted to the light, faces too pale to make out
war battle front occupation army | in | dust jumps on a window sill as something heavy passes outside | the dust settled, the pane still humming
death grave funeral dead mourning | any | one handful of dark earth runs through open fingers | the hand empty, earth on the palm
love heart tenderness affection | any | two hands on a table move closer until the little fingers touch | the two fingers linked, still
hope dream dreams wish future promise | in | a small flame catches on a wick in the dark | the flame upright, light on the nearest wall
silence quiet stillness peace | in | dust turns slowly in a single bar of light | the dust hanging almost still
fear danger terror threat | in | a door handle is pressed down slowly from the other side | the handle down, the door still closed
music song melody tune note notes sound sounds | out | rings run outward over a puddle as if it had been struck | the puddle smooth
music song melody tune note notes sound sounds | in | rings spread over the surface of a full glass | the surface trembling, then flat
truth secret secrets lie lies answer question | in | an envelope is turned over by two fingers, its seal unbroken | the envelope face down under a flat hand
money wealth gold price debt treasure riches | in | coins are pushed into a small heap by a thumb | the heap still, one coin apart
freedom liberty | in | a cage door swings outward, the cage empty | the door wide open, swaying
home family house | in | a key turns in an old lock, and a strip of warm light opens | the door ajar, light on the threshold
power crown kingdom rule law | in | a heavy seal is pressed into soft red wax | the seal lifted, a blank round print left
famine hunger poverty waste want | in | an empty bowl is turned over on a bare table | the bowl upside down, a few crumbs beside it
abundance plenty harvest glutton feast increase riper | in | ripe fruit rolls from an overfull basket across a table | one fruit split open, juice on the wood
beauty fairest creatures creature ornament youth | any | light moves over a closed flower until it reaches the petals | the petals open by a finger's breadth
bud rose spring bloom content | any | a closed bud loosens, one outer petal bending back | one petal open, a drop on its edge
flame fire fuel light | in | a candle burns low, wax spilling over its own rim | the flame small in a pool of wax
world earth universe | in | the reflection of a wide sky slides over a dark windowpane | the sky filling the pane
heir child son bear | in | a grown hand lays a small shoe on a window sill | the shoe alone, light on its toe
eyes eye sight | any | a hand wipes a clear circle into a misted mirror | the circle clear, two eyes in it
foe enemy hatred cruel | any | a torn glove lies palm up while rain begins to spot it | the glove dark with rain
self soul mind thought | in | a face appears in a dark windowpane, doubled by the glass | the two outlines joined into one
work labour duty | in | a worn tool is lifted from its nail, its shape left pale on the wall | the nail bare, the pale shape clear
journey road voyage travel | in | a suitcase is set down on bare boards, dust rising | the suitcase upright, dust settling
news message word words letter | in | a folded paper slides under a door into the room | the paper half in, the light behind it gone
god faith prayer heaven church | in | a hand shelters a candle flame on its way to an altar | the candle standing, the hand withdrawn
game luck chance fortune | in | a die rolls along a table edge and wobbles | the die at rest, one blank side up
weather storm rain wind | in | rain starts on a pane, drop beside drop | the pane running, shapes behind it dissolved
summer heat sun | in | a water glass throws a trembling patch of light on a wall | the patch at rest
winter cold snow ice frost | in | breath mists a cold pane and draws back | a small clear spot left in the mist
night dark darkness sleep | in | a hand turns a lamp down until only the wick glows | a red point in the dark
morning dawn day beginning | in | a shutter is pushed open and light falls in | the floor bright to the far wall
end ending last farewell goodbye | in | a chair is pushed back to its table by one hand | the chair in place, the hand gone
radio signal limb recommendation suggestion problem | in | a signal lamp on a grey panel blinks three times | the lamp steady
# --- out of doors
time year years hour hours age century moment decease | out | the shadow of an upright post creeps over the ground | the shadow a hand's breadth further, the post still
memory memories past childhood history remembrance | out | a hand draws a creased photograph from a coat pocket | the photograph tilted to the light, faces too pale to make out
war battle front occupation army | out | small stones tremble on the ground as something heavy passes far away | the stones still, dust hanging
hope dream dreams wish future promise light | out | a thin green shoot between two stones straightens in the light | the shoot upright, one leaf open
silence quiet stillness peace | out | dust turns slowly in a single bar of light near the ground | the dust hanging almost still
fear danger terror threat | out | a row of birds lifts from an edge all at once | the edge bare, one feather sinking
truth secret secrets lie lies answer question | out | a folded paper is pushed into a crack between two stones | only its corner showing
money wealth gold price debt treasure riches | out | a coin falls and rolls in a curve over the ground | the coin flat, its smooth face up
freedom liberty | out | a loose ribbon tears free of a nail and sails upward | the nail bare
home family house | out | a lamp is lit behind a curtain in a far window | the window warm in the dim wall
world earth universe | out | the wide sky lies mirrored in a puddle, rings running through it | the mirror smooth
journey road voyage travel | out | a suitcase is set down on the ground, dust rising | the suitcase upright, dust settling
end ending last farewell goodbye | out | footprints fill slowly with blown dust | the last print gone
god faith prayer heaven church | out | a hand shelters a candle flame against the wind | the flame upright between the fingers
famine hunger poverty waste want | out | an empty bowl lies on the ground and is turned by the wind | the bowl upside down
abundance plenty harvest glutton feast increase riper | out | ripe fruit drops into grass beside others already split | juice on the skin, a wasp on it
heir child son bear | out | a grown hand sets a small shoe on a low wall | the shoe alone, light on its toe
self soul mind thought | out | a face appears in dark water and is broken by a ring | the face whole again
flame fire fuel | out | a small flame eats along a dry stalk | the stalk black, a thread of smoke
power crown kingdom rule law | out | a boot comes down on a loose stone and stays | the stone pressed deep
work labour duty | out | a worn tool is pulled from the earth, soil falling from it | the hole empty, the tool gone
night dark darkness sleep | out | the last strip of light slides off the ground | the ground dark
morning dawn day beginning | out | light reaches the first stones on the ground one after another | all of them bright
summer heat sun | out | heat trembles above the ground, bending what is behind | the far edge swimming
winter cold snow ice frost | out | frost needles glitter on a dead leaf and one drop forms | the drop hanging
news message word words letter | out | a sheet of paper blows along the ground and sticks to a wall | the sheet pressed flat, blank side out
`);

export interface Motif {
  readonly picture: string;
  readonly end: string;
}

const INSIDE = indexRows(MOTIFS.filter(({ where }) => where !== "out"), ({ nouns }) => words(nouns));
const OUTSIDE = indexRows(MOTIFS.filter(({ where }) => where !== "in"), ({ nouns }) => words(nouns));

/** A picture for an abstract word that can be had in a room, or out of doors; undefined where there is none. */
export function motifOf(noun: string, isOutside: boolean): Motif | undefined {
  return (isOutside ? OUTSIDE : INSIDE).get(noun);
}
