import type { SceneContent } from "../../../core/documents/scenePlanDocument.ts";
import { segmentIndexes } from "../../../core/story.ts";
import type { StoryBrief } from "../../../pipeline/ports.ts";
import type { Reading } from "../answerOf.ts";
import { scanElements, type ScannedElement } from "../elementStream.ts";
import { assetElementSchema, issuesOf, sceneElementSchema, tagIssues, type AssetElement, type SceneElement } from "../responses.ts";
import type { AssetBook } from "./assetBook.ts";
import type { ReadingWindow } from "./windows.ts";

/** What came of one window. */
export interface WindowResult {
  readonly book: AssetBook;
  /** In the order of the map. */
  readonly scenes: readonly SceneContent[];
}

export interface WindowSource {
  readonly story: StoryBrief;
  readonly window: ReadingWindow;
  /** Ids that a scene has to start from. */
  readonly starts: ReadonlySet<string>;
  readonly book: AssetBook;
}

/** A single reading of a narration names no more; a model that does has lost its way. */
const MOST_ASSETS = 150;
const MOST_PROBLEMS = 20;

/** Reads an answer against the rules of the plan. The book that is handed in stays as it is. */
export function readExtraction(text: string, source: WindowSource): Reading<WindowResult> {
  const elements = scanElements(text, ["assets", "scenes"]);
  const problems: string[] = [];
  const report = (problem: string) => void problems.push(problem);
  const book = source.book.next();
  const assets = assetsOf(elements, report);
  if (assets.length > MOST_ASSETS) return { problems: [`${assets.length} assets are too many: list only what recurs, at most ${MOST_ASSETS}`] };
  for (const asset of assets) book.add(asset);
  const scenes = scenesOf(elements, { ...source, book }, report);
  for (const { id, states, description } of book.found()) {
    if (!description && states.size === 0) report(`@${id} has no description`);
  }
  return problems.length > 0 ? { problems: shortened(problems) } : { value: { book, scenes } };
}

function shortened(problems: readonly string[]): string[] {
  const all = [...new Set(problems)];
  return all.length > MOST_PROBLEMS ? [...all.slice(0, MOST_PROBLEMS), `and ${all.length - MOST_PROBLEMS} more`] : all;
}

type Report = (problem: string) => void;

function assetsOf(elements: readonly ScannedElement[], report: Report): AssetElement[] {
  return elements.filter(({ array }) => array === "assets").flatMap(({ value }, index) => {
    const { data, error } = assetElementSchema.safeParse(value);
    if (error) for (const issue of issuesOf(error, `assets.${index}`)) report(issue);
    for (const { description } of data ? [data, ...data.states] : []) for (const issue of tagIssues(description, `the look of ${data!.name}`)) report(issue);
    return data ? [data] : [];
  });
}

function scenesOf(elements: readonly ScannedElement[], source: WindowSource, report: Report): SceneContent[] {
  const indexes = segmentIndexes(source.story.timing.segments);
  const scenes = new Map<number, SceneContent>();
  elements.filter(({ array }) => array === "scenes").forEach(({ value }, position) => {
    const { data, error } = sceneElementSchema.safeParse(value);
    if (error) for (const issue of issuesOf(error, `scenes.${position}`)) report(issue);
    if (!data) return;
    const index = indexes.get(data.from);
    if (index === undefined) report(`scenes.${position}: from "${data.from.slice(0, 64)}" is no segment of this narration`);
    else if (isWanted(index, source.window) && !scenes.has(index)) scenes.set(index, sceneOf(data, source, report));
  });
  for (const id of source.starts) {
    if (!scenes.has(indexes.get(id)!)) report(`no scene starts from ${id}, though the wanted segments start there`);
  }
  return [...scenes].sort(([a], [b]) => a - b).map(([, scene]) => scene);
}

/** Scenes that start from a segment which was only shown are none of this window's. */
function isWanted(index: number, { wanted }: ReadingWindow): boolean {
  return wanted.some(({ first, last }) => index >= first && index <= last);
}

function sceneOf({ from, place, time, cast, look, note }: SceneElement, { book, story }: WindowSource, report: Report): SceneContent {
  const said = (problem: string) => report(`the scene from ${from}: ${problem}`);
  const location = book.resolve(place);
  if ("problem" in location) said(location.problem);
  else if (location.kind !== "location") said(`its place @${location.tag} is a ${location.kind}, not a location`);
  const present = cast.flatMap((reference) => {
    const member = book.resolve(reference);
    if ("problem" in member) said(member.problem);
    else if (member.kind === "location") said(`@${member.tag} is in the cast, but it is a location`);
    return "tag" in member ? [member.tag] : [];
  });
  const named = look && lookNamed(look, story);
  return {
    from,
    place: "tag" in location ? location.tag : place,
    time,
    cast: [...new Set(present)],
    ...(named ? { look: named } : {}),
    ...(note ? { note } : {}),
  };
}

/** A look is a wish; one that the style does not name is left out. */
function lookNamed(look: string, { style }: StoryBrief): string | undefined {
  return [...style.looks.keys()].find((name) => name.toLowerCase() === look.toLowerCase());
}
