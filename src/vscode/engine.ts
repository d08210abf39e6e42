import type { StoryDirector } from "../compose.ts";

/** The part of the program that works on stories. It is big, so it is loaded on first use. */
export interface Engine {
  readonly openStoryDirector: (options: { readonly folder: string; readonly maxCalls?: number | undefined }) => StoryDirector;
}

export type LoadEngine = () => Promise<Engine>;
