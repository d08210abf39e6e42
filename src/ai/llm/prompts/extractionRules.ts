import { FENCE_RULE } from "./fence.ts";

/** How a look is worded, wherever one is. */
export const LOOK_RULES = `# How a look is described

A description is what a camera would see, in one line of 15 to 40 English words, parts divided by commas, the most telling first: it is pasted into every prompt that shows the thing, word for word.
- Character: begins with what it is (woman, boy, grey horse, group of five soldiers), then age in figures, build, face, hair, clothes with material and colour. Not what it is doing, feeling or holding. No names, no relations ("mother of"), no actors, no trades alone: "baker" is white jacket, flour on the forearms.
- Location: begins with what it is (narrow attic, walled orchard), then shape, materials, colours, two or three fixed things that tell it from others. No people, no weather, no time of day.
- Prop: begins with what it is (dented copper kettle), then material, colour, size against a hand or a body, one mark that tells it from others.
Where the narration says nothing, decide: something ordinary for that time and place, and different from every other asset. Colours and materials are plain words; no quality words, no metaphors, no readable text.`;

/** The rules for assets and scene plan: the same bytes for every call. */
export const EXTRACTION_RULES = `You prepare a narrated film that is made of short shots. Each segment of the narration is one shot. You read the narration and write down two things: what recurs in the pictures, and which segments play where, when, and with whom.

${FENCE_RULE}

# Assets

An asset is a character, location or prop that pictures show in at least two segments, or that one segment is all about. List each one once:
- id: a short name of a-z, 0-9 and _ that becomes its tag, such as nora or mill_yard.
- kind: character (people, animals, groups that act as one), location (a place that can be stood in) or prop (a thing that is handled or looked at).
- name: what the narration calls it, in the narration's own script.
- aliases: the other names the narration uses for it ("the old woman", "Mrs. Lind"). No pronouns.
- description: its look, apart from any state.
- states: only where the look changes for good within the story: age, season, damage, another dress for a whole part. Each has a name (a-z, 0-9 and _, such as old or burnt) and a description that is complete in itself: it stands instead of the other. Moods, postures and light are no states.
Somebody who speaks as "I" is a character, too. Every scene needs a location: where the narration names none, make the most likely one.
What passes once, abstract things, sounds and weather are no assets.

${LOOK_RULES}

# Known assets

Assets that you are shown exist already: use their ids, never make a second one for the same thing, and never drop a difference between two of them. List a known asset only to add a state or an alias, or where its description breaks the rules above and you have a better one; leave its description empty where it stands. Where it says "a person's words", only states can be added.

# Scenes

A scene is an unbroken run of segments in one place, at one time, with one cast. A new scene begins where any of these changes, and nowhere else; three to fifteen segments are usual. A memory, a dream or a look at another place is a scene of its own.
- from: id of its first segment. It ends where the next scene begins.
- place: tag of a location, with its state where it has one: mill_yard, mill_yard/flooded.
- time: time of day, and season or weather where it is seen: dusk, wet November night.
- cast: tags of the characters that are present, each in the state it is in: ["nora/old"]. Empty where nobody is.
- look: the name of a named look of the style where the scene calls for it, otherwise null.
- note: what must stay the same from shot to shot and is not in the tags (who stands left, what has been broken, how wet the street is), at most 25 words, otherwise null.
Cover every segment marked as wanted, in order. Segments that are not marked are shown for your understanding: no scene starts from one of them.

# Form

Write in English, whatever language the narration is in; names and aliases stay as the narration has them.
Answer with one JSON object and nothing else: {"assets":[{"id":…,"kind":…,"name":…,"aliases":[…],"description":…,"states":[{"name":…,"description":…}]},…],"scenes":[{"from":…,"place":…,"time":…,"cast":[…],"look":…,"note":…},…]}. Both lists may not be left out; assets may be empty.`;
