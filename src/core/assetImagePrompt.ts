import type { AssetKind } from "./documents/assetDocument.ts";
import type { ResolvedTag } from "./story.ts";
import { stateName } from "./tags.ts";

export interface ImagePromptOptions {
  /** The look of the story: style.md outside its named looks. */
  readonly style: string;
  /** A picture of the same asset is sent along. */
  readonly hasReference: boolean;
}

/** What the picture is for, and how such a picture is taken. */
const FRAMES: Readonly<Record<AssetKind, string>> = {
  character: [
    "Character reference sheet for a film: one single character, shown three times side by side at the same size, from the front, in three-quarter view and from behind.",
    "Full figure from head to toe, standing at ease, arms relaxed, neutral face. Face, hair, build and every garment are the same in all three views.",
    "Plain light grey ground without horizon, soft even light, everything in focus.",
    "Nobody and nothing else in the picture, no held objects unless they are described.",
  ].join(" "),
  location: [
    "Location reference for a film: one wide establishing view of the place at eye level, so that its layout, materials and main landmarks can be told.",
    "The place is empty: no people, no animals, no vehicles unless they are described.",
    "Everything in focus, natural light that suits the description, level horizon.",
  ].join(" "),
  prop: [
    "Prop reference for a film: one single object, whole and centred, in three-quarter view, filling most of the picture.",
    "Plain light grey ground, soft even light, everything in focus.",
    "No hands, no people, no second object.",
  ].join(" "),
};

const ALWAYS = "One picture without any frame, caption, label, letters or numbers, logo or watermark.";

/** What an image model is asked for one asset in one state. The same asset and style give the same words. */
export function buildAssetImagePrompt({ tag, asset, description }: ResolvedTag, { style, hasReference }: ImagePromptOptions): string {
  const state = stateName(tag);
  const shown = state === undefined ? asset.name : `${asset.name}, in the state "${state}"`;
  const parts = [
    FRAMES[asset.kind],
    hasReference ? referenceLine(asset.kind) : "",
    `${TITLES[asset.kind]}: ${shown}. ${description}`,
    style.trim() ? `Look of the film, for palette, texture and rendering only; view, ground and light stay as said above:\n${style.trim()}` : "",
    ALWAYS,
  ];
  return parts.filter(Boolean).join("\n\n");
}

const TITLES: Readonly<Record<AssetKind, string>> = { character: "Character", location: "Place", prop: "Object" };

/** What stays as the reference shows it. A place keeps even its view, so that its states can be cut together. */
const KEPT: Readonly<Record<AssetKind, string>> = {
  character: "the same person or creature: keep face, build and proportions, but not its framing or ground",
  location: "the same place: keep viewpoint, layout, materials and landmarks",
  prop: "the same object: keep shape, material and proportions, but not its framing or ground",
};

function referenceLine(kind: AssetKind): string {
  return `The picture sent along shows ${KEPT[kind]}. Change what the description below says otherwise, and nothing else.`;
}
