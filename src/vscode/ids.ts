/** Every command, view and context key of the extension, as package.json names them. */
export const COMMANDS = {
  regenerateScript: "storyDirector.regenerateScript",
  regenerateSegment: "storyDirector.regenerateSegment",
  stop: "storyDirector.stop",
  openSegment: "storyDirector.openSegment",
  copyFinalPrompt: "storyDirector.copyFinalPrompt",
  openSampleStory: "storyDirector.openSampleStory",
  clearEarlierRuns: "storyDirector.clearEarlierRuns",
  showLog: "storyDirector.showLog",
} as const;

export const VIEWS = {
  stories: "storyDirector.stories",
  progress: "storyDirector.progress",
} as const;

export const CONTEXT_KEYS = {
  /** Set once the extension is active: menus on folders need to know which ones are stories. */
  storyFolders: "storyDirector.storyFolders",
  running: "storyDirector.running",
} as const;
