import { Document, isMap, isSeq, YAMLSeq, type YAMLMap } from "yaml";
import * as z from "zod";
import { hashValue } from "../canonical.ts";
import { hashSchema, idSchema, tagNameSchema } from "../ids.ts";
import { storyPaths } from "../storyFolder.ts";
import { lineEndOf } from "./markdown.ts";
import { flowNode, parseYaml, readYaml, setValue, validate, withoutByteOrderMark, yamlText, type Parsed } from "./source.ts";

export const sceneContentSchema = z.object({
  /** Id of the segment that the scene starts with; it ends where the next scene begins. */
  from: idSchema,
  /** Tag of a location, with its state where it has one. */
  place: tagNameSchema,
  /** Time of day in free words: `dusk`. */
  time: z.string().trim().min(1),
  /** Who is present, each in the state they are in. */
  cast: z.array(tagNameSchema).default([]),
  /** Name of a look of style.md. */
  look: z.string().optional(),
  note: z.string().optional(),
});

const sceneSchema = sceneContentSchema.extend({
  /** `from` is the hash of the scene's narration, `text` that of what the machine last wrote. */
  generated: z.object({ by: z.string(), from: hashSchema, text: hashSchema }).optional(),
});

const scenePlanSchema = z.object({ scenes: z.array(sceneSchema).default([]) });

export type SceneContent = z.infer<typeof sceneContentSchema>;
export type Scene = z.infer<typeof sceneSchema>;

export function parseScenePlan(text: string): Parsed<readonly Scene[]> {
  const file = storyPaths.scenePlan;
  const source = readYaml(withoutByteOrderMark(text), { file });
  const parsed = validate(scenePlanSchema, source, file);
  return { ...parsed, value: parsed.value?.scenes };
}

/** Hash of what a machine writes of a scene. */
export function hashSceneContent({ from, place, time, cast, look, note }: SceneContent): string {
  return hashValue({ from, place, time, cast, look, note });
}

/** Whether a person changed the scene since the machine wrote it, or wrote it from the start. */
export function isSceneTouched(scene: Scene): boolean {
  return scene.generated?.text !== hashSceneContent(scene);
}

/** The text of a plan. Comments, unknown keys and scenes that did not change are kept; a plan that did not change keeps its bytes. */
export function formatScenePlan(scenes: readonly Scene[], previousText = ""): string {
  const content = withoutByteOrderMark(previousText);
  const document = parseYaml(content);
  const before = JSON.stringify(document);
  writeScenes(document, scenes);
  if (JSON.stringify(document) === before) return previousText;
  const mark = previousText.slice(0, previousText.length - content.length);
  return mark + yamlText(document).replaceAll("\n", lineEndOf(content));
}

/**
 * The text of a plan in which single scenes change, and all else stays: comments, order, unknown keys.
 * @param changes By the `from` that stands there: the scene as it is to be, or undefined to take it out
 */
export function changeScenes(text: string, changes: ReadonlyMap<string, Scene | undefined>): string {
  if (changes.size === 0) return text;
  const content = withoutByteOrderMark(text);
  const document = parseYaml(content);
  const list = document.get("scenes", true);
  if (!isSeq(list)) return text;
  list.items = list.items.filter((item) => {
    const from = isMap(item) ? String(item.get("from")) : "";
    if (!isMap(item) || !changes.has(from)) return true;
    const scene = changes.get(from);
    if (scene) sceneNode(document, scene, item);
    return scene !== undefined;
  });
  if (list.items.length === 0) list.flow = true;
  return text.slice(0, text.length - content.length) + yamlText(document).replaceAll("\n", lineEndOf(content));
}

function writeScenes(document: Document, scenes: readonly Scene[]): void {
  const list = document.get("scenes", true);
  const before = new Map<unknown, YAMLMap>();
  for (const item of isSeq(list) ? list.items : []) if (isMap(item)) before.set(item.get("from"), item);
  const items = scenes.map((scene) => sceneNode(document, scene, before.get(scene.from)));
  const sequence = isSeq(list) ? list : new YAMLSeq();
  sequence.items = items;
  sequence.flow = items.length === 0;
  document.set("scenes", sequence);
}

const SCENE_KEYS = Object.keys(sceneSchema.shape) as (keyof Scene)[];

function sceneNode(document: Document, scene: Scene, previous: YAMLMap | undefined): YAMLMap {
  const holder = new Document({});
  if (previous) holder.contents = previous as never;
  for (const key of SCENE_KEYS) {
    const value = scene[key];
    // An empty cast may be written down or not; what stands there stays.
    const isDefault = key === "cast" && scene.cast.length === 0 && previous?.has(key) === false;
    if (!isDefault) setValue(holder, [key], value === undefined ? undefined : flowNode(document, value));
  }
  return holder.contents as unknown as YAMLMap;
}
