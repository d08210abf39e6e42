/** A look to start from: the text becomes a story's style.md, and is the person's own from then on. */
export interface LookPreset {
  readonly id: string;
  readonly name: string;
  /** What it is good for, in a few words. */
  readonly hint: string;
  /** Text of style.md: the look in one line, then what holds for every picture. */
  readonly text: string;
}

export const LOOK_PRESETS: readonly LookPreset[] = [
  {
    id: "natural-film",
    name: "Natural film",
    hint: "Drama, memoir, most stories",
    text: `35 mm film, natural colours, soft contrast, fine grain

- Palette: earth tones and muted greens; skin and one warm accent are the brightest things.
- Lenses: 35 mm for places, 50 mm for people, 85 mm for faces and hands; eye level.
- Light: one source that can be seen or guessed (window, sun, lamp), soft fall-off, true blacks.
- Camera: still, or one slow move; the picture rests before it ends.
- People: plain faces, worn clothes, small gestures; mouths closed while the narrator speaks.
- Avoid: lens flare, neon, posed smiles, drone shots, readable text.
`,
  },
  {
    id: "documentary",
    name: "16 mm documentary",
    hint: "History, reports, portraits",
    text: `16 mm documentary film, honest daylight, visible grain, colours slightly faded

- Palette: faded red, khaki, overcast blue; whites lean towards cream.
- Lenses: 25 mm for rooms and streets, 75 mm to watch from a distance; faces a little off centre.
- Light: what is there: open windows, overcast sky, a bare bulb; highlights may burn out.
- Camera: hand-held but calm, at the height of a shoulder; it follows hands and work.
- People: busy with what they do, never looking at the camera.
- Avoid: polished sets, slow motion, symmetrical framing, dramatic skies, readable text.
`,
  },
  {
    id: "noir",
    name: "Film noir",
    hint: "Crime, suspense, night",
    text: `Black-and-white film noir, hard light, deep shadows, silver grain

- Palette: black, silver and one clean white; no greys in the middle of the frame.
- Lenses: 28 mm low and close for rooms, 50 mm for people; tilted only where something is wrong.
- Light: one hard source from the side or from above; blinds, railings and rain cast shadows.
- Camera: slow push-ins and long still frames; people enter and leave through the dark.
- Weather: wet streets, steam, smoke that hangs in the light.
- Avoid: colour, soft light, bright skies, wide smiles, readable text.
`,
  },
  {
    id: "watercolour",
    name: "Watercolour",
    hint: "Fairy tales, childhood, nature",
    text: `Watercolour illustration on rough white paper, loose washes, pencil lines left visible

- Palette: few pigments that run into each other: indigo, ochre, sap green, a touch of vermilion.
- Paper: its grain shows everywhere; edges of the picture fade into bare white.
- Line: soft pencil under the paint, broken where light falls.
- Depth: distance is paler and wetter, never sharper; shadows are violet, not black.
- Motion: gentle; leaves, water and hair move, pigment blooms where something appears.
- Avoid: photographic detail, black outlines, glossy highlights, gradients made by a computer, readable text.
`,
  },
  {
    id: "graphic-novel",
    name: "Graphic novel",
    hint: "Action, legends, satire",
    text: `Graphic novel, bold ink outlines, flat colour areas, heavy black shadows

- Palette: three flat colours for each scene and black; one of them returns in every scene.
- Line: brushed ink, thick outside and thin inside; hatching only where light turns.
- Framing: strong diagonals, faces cut by the frame, silhouettes against one flat colour.
- Light: shadows are shapes with hard edges; night is blue, fire is orange, danger is red.
- Motion: clear poses with a start and an end; small things move, the ink stays.
- Avoid: gradients, photographic texture, speech bubbles, panel borders, readable text.
`,
  },
  {
    id: "stop-motion",
    name: "Stop motion",
    hint: "Comedy, explainers, children",
    text: `Stop-motion puppets on a miniature set, hand-made materials, warm practical light

- Materials: felt, wood, clay and wire; stitches, fingerprints and brush marks can be seen.
- Palette: warm and toy-like; one saturated colour for each character, kept in every shot.
- Lenses: 50 mm close to the set, shallow focus that shows how small it is.
- Light: small lamps inside the set, a soft key from above, gentle shadows on the painted backdrop.
- Motion: on twos, a little uneven; eyes blink, hands pause before they grip.
- Avoid: real skin or hair, smooth computer animation, huge landscapes, readable text.
`,
  },
];

/** Undefined where there is no such look. */
export function findLook(id: string): LookPreset | undefined {
  return LOOK_PRESETS.find((look) => look.id === id);
}
