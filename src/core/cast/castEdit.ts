import { formatScenePlan, hashSceneContent, type Scene } from "../documents/scenePlanDocument.ts";
import { hashAssetContent, reviseAsset, type Asset } from "../documents/assetDocument.ts";
import { hashText } from "../canonical.ts";
import { DRAFT_SECTIONS, formatSegment, type SectionName, type SegmentFile, type SegmentFront } from "../documents/segmentDocument.ts";
import { lookName, parseStyle } from "../documents/styleDocument.ts";
import type { StoryTexts } from "../loadStory.ts";
import { resolveOutputs } from "../outputs.ts";
import { hashDirection, hashFinalSource, hashKey, storedRaw } from "../staleness.ts";
import { hashAsset, hashScene, hashStoryStyle, resolveTag, scenesByIndex, type Story } from "../story.ts";
import { assetPath, segmentPath, storyPaths } from "../storyFolder.ts";
import { assetName, retagDefinitions, retagText, type Retag } from "../tags.ts";

/** What a person's command does to the cast of a story. */
export interface CastEdit {
  /** All assets as they are to be, by id. */
  readonly assets: ReadonlyMap<string, Asset>;
  /** What becomes of every tag in every text; undefined: plain words. */
  readonly retag: Retag;
  /** The id that an asset had before, where it gets a new one. */
  readonly formerIds?: ReadonlyMap<string, string> | undefined;
  /** Assets whose words a person has just written: these do count as edited. */
  readonly byHand?: ReadonlySet<string> | undefined;
}

/** A document before and after an edit; `text` is undefined for one that goes, `previousText` for one that comes. */
export interface DocumentChange {
  readonly path: string;
  readonly text: string | undefined;
  readonly previousText: string | undefined;
}

/**
 * Every document that the edit changes, in an order in which each step leaves a story that can be
 * used: new assets first, those that go last.
 *
 * Hashes are carried along: one that matched what stood there matches what stands there now, and
 * one that did not still does not. So a new name makes nothing stale and nothing edited, and what
 * was stale or edited stays so.
 */
export function applyCastEdit(story: Story, texts: StoryTexts, edit: CastEdit): DocumentChange[] {
  const retold = { text: (text: string) => retagText(text, edit.retag, wordsIn(story)), tags: (tags: readonly string[]) => retagList(tags, edit.retag) };
  const formerId = (id: string) => edit.formerIds?.get(id) ?? id;
  const unedited = (id: string) => (edit.byHand?.has(id) ? undefined : story.assets.get(formerId(id)));
  const assets = new Map([...edit.assets].map(([id, asset]) => [id, retoldAsset(asset, unedited(id), retold)]));
  const prose = [storyPaths.style, storyPaths.research].flatMap((path) => {
    const text = texts.get(path);
    return text === undefined ? [] : [{ path, previousText: text, text: retold.text(text) }];
  });
  const style = prose.find(({ path }) => path === storyPaths.style);
  const after: Story = { ...story, assets, scenes: story.scenes.map((scene) => retoldScene(scene, retold)), ...(style ? { style: parseStyle(style.text) } : {}) };
  const changes = [
    ...[...assets.values()].map((asset) => {
      const path = assetPath(asset.id);
      return { path, previousText: texts.get(path), text: reviseAsset(asset, texts.get(assetPath(formerId(asset.id))) ?? "") };
    }),
    ...segmentChanges({ before: story, after }, edit.retag, texts),
    // After the segments, whose hashes tell by these texts what was carried along already.
    { path: storyPaths.scenePlan, previousText: texts.get(storyPaths.scenePlan), text: planText(story, after, texts) },
    ...prose,
    ...[...story.assets.keys()].filter((id) => !assets.has(id)).map((id) => ({ path: assetPath(id), text: undefined, previousText: texts.get(assetPath(id)) })),
  ];
  return changes.filter(({ text, previousText }) => text !== previousText);
}

interface Retold {
  readonly text: (text: string) => string;
  readonly tags: (tags: readonly string[]) => string[];
}

function wordsIn({ assets }: Story): (tag: string) => string {
  return (tag) => assets.get(assetName(tag))?.name ?? assetName(tag).replace(/[_-]+/g, " ");
}

function retagList(tags: readonly string[], retag: Retag): string[] {
  return [...new Set(tags.flatMap((tag) => retag(tag) ?? []))];
}

/** A hash that matched what stood there matches what stands there now. */
function carried(recorded: string, before: string | undefined, after: string | undefined): string {
  return recorded === before && after !== undefined ? after : recorded;
}

/** @param before The asset whose hash is carried along; undefined where a person's words are not the machine's any more. */
function retoldAsset(asset: Asset, before: Asset | undefined, { text }: Retold): Asset {
  const states = new Map([...asset.states].map(([state, description]) => [state, text(description)]));
  const next = { ...asset, description: text(asset.description), states };
  if (!asset.generated || !before) return next;
  return { ...next, generated: { ...asset.generated, text: carried(asset.generated.text, hashAssetContent(before), hashAssetContent(next)) } };
}

function retoldScene(scene: Scene, { text, tags }: Retold): Scene {
  const next: Scene = { ...scene, place: tags([scene.place])[0] ?? scene.place, cast: tags(scene.cast) };
  if (scene.note !== undefined) next.note = text(scene.note);
  if (scene.look !== undefined && text(scene.look) !== scene.look) next.look = lookName(text(scene.look));
  if (!scene.generated) return next;
  return { ...next, generated: { ...scene.generated, text: carried(scene.generated.text, hashSceneContent(scene), hashSceneContent(next)) } };
}

function planText(before: Story, after: Story, texts: StoryTexts): string | undefined {
  const text = texts.get(storyPaths.scenePlan);
  const isSame = JSON.stringify(before.scenes) === JSON.stringify(after.scenes);
  return isSame ? text : formatScenePlan(after.scenes, text);
}

interface BeforeAndAfter {
  readonly before: Story;
  readonly after: Story;
}

function segmentChanges({ before, after }: BeforeAndAfter, retag: Retag, texts: StoryTexts): DocumentChange[] {
  const scenes = sceneHashes({ before, after });
  const style = [hashStoryStyle(before), hashStoryStyle(after)] as const;
  return [...before.segments.values()].map((file) => {
    const path = segmentPath(file.id);
    const sections = new Map([...file.sections].map(([name, text]) => [name, retoldSection(name, text, { retag, before })]));
    const changed = new Map([...sections].filter(([name, text]) => text !== file.sections.get(name)));
    const front = retoldFront(file, { sections, retag, scene: scenes.get(file.id), style, before, after });
    const isSame = changed.size === 0 && JSON.stringify(front) === JSON.stringify(file.front);
    const text = isSame ? file.source : formatSegment({ id: file.id, front, sections: changed, finalPrompts: new Map() }, file.source);
    return { path, previousText: texts.get(path), text };
  });
}

function retoldSection(name: SectionName, text: string, { retag, before }: { readonly retag: Retag; readonly before: Story }): string {
  return name === "TAGS" ? retagDefinitions(text, retag, wordsIn(before)) : retagText(text, retag, wordsIn(before));
}

/** The hash of each segment's scene, before and after. */
function sceneHashes({ before, after }: BeforeAndAfter): Map<string, readonly [string, string]> {
  const [scenesBefore, scenesAfter] = [scenesByIndex(before), scenesByIndex(after)];
  const known = new Map<Scene | undefined, readonly [string, string]>();
  return new Map(
    before.timing.segments.map(({ id }, index) => {
      const scene = scenesBefore[index];
      const hashes = known.get(scene) ?? ([hashScene(scene, before.style), hashScene(scenesAfter[index], after.style)] as const);
      known.set(scene, hashes);
      return [id, hashes];
    }),
  );
}

interface FrontContext extends BeforeAndAfter {
  readonly sections: ReadonlyMap<SectionName, string>;
  readonly retag: Retag;
  readonly scene: readonly [before: string, after: string] | undefined;
  readonly style: readonly [before: string, after: string];
}

function retoldFront(file: SegmentFile, context: FrontContext): SegmentFront {
  const { usedAssets, generated, finals } = file.front;
  const front: SegmentFront = { ...file.front };
  if (usedAssets) front.usedAssets = retagList(usedAssets, context.retag);
  if (generated) front.generated = { ...generated, from: carriedSources(file, generated.from, context), text: carriedTexts(file, generated.text, context) };
  if (finals) front.finals = carriedFinals(file, finals, context);
  return front;
}

type Generated = NonNullable<SegmentFront["generated"]>;

function carriedSources(file: SegmentFile, from: Generated["from"], { sections, retag, scene, style, before, after }: FrontContext): Generated["from"] {
  const assets: Record<string, string> = {};
  for (const [tag, recorded] of Object.entries(from.assets)) {
    const next = retag(tag);
    if (next === undefined || Object.hasOwn(assets, next)) continue;
    const [was, is] = [resolveTag(before.assets, tag), resolveTag(after.assets, next)];
    const isSameLook = was && is && retagText(was.description, retag, wordsIn(before)) === is.description && was.asset.kind === is.asset.kind;
    assets[next] = isSameLook ? carried(recorded, hashAsset(was), hashAsset(is)) : recorded;
  }
  const result: Generated["from"] = { ...from, scene: carried(from.scene, scene?.[0], scene?.[1]), story: carried(from.story, ...style), assets };
  if (from.direction !== undefined) result.direction = carried(from.direction, hashDirection(file), hashDirection({ ...file, sections }));
  return result;
}

function carriedTexts(file: SegmentFile, text: Generated["text"], { sections }: FrontContext): Generated["text"] {
  const result = { ...text };
  for (const section of ["TAGS", ...DRAFT_SECTIONS] as const) {
    const recorded = text[hashKey(section)];
    if (recorded === undefined) continue;
    result[hashKey(section)] = carried(recorded, hashText(file.sections.get(section) ?? ""), hashText(sections.get(section) ?? ""));
  }
  return result;
}

/** A final stays current where nothing but tags changed in what it was made from. */
function carriedFinals(file: SegmentFile, finals: NonNullable<SegmentFront["finals"]>, { retag, before }: FrontContext): NonNullable<SegmentFront["finals"]> {
  const raw = storedRaw(file, before).sections;
  const retold = new Map([...raw].map(([name, text]) => [name, retoldSection(name, text, { retag, before })]));
  const outputs = new Map(resolveOutputs(before.settings.outputs).map((output) => [output.name, output]));
  return Object.fromEntries(
    Object.entries(finals).map(([name, hashes]) => {
      const output = outputs.get(name);
      const from = output ? carried(hashes.from, hashFinalSource(raw, output), hashFinalSource(retold, output)) : hashes.from;
      return [name, { ...hashes, from }];
    }),
  );
}
