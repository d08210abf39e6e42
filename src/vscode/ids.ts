/** Every command, view, panel and context key of the extension, as package.json names them. */
export const COMMANDS = {
  regenerateScript: "storyDirector.regenerateScript",
  regenerateSegment: "storyDirector.regenerateSegment",
  stop: "storyDirector.stop",
  openSegment: "storyDirector.openSegment",
  openFailure: "storyDirector.openFailure",
  copyFinalPrompt: "storyDirector.copyFinalPrompt",
  openSampleStory: "storyDirector.openSampleStory",
  newStory: "storyDirector.newStory",
  newStoryFromFile: "storyDirector.newStoryFromFile",
  clearEarlierRuns: "storyDirector.clearEarlierRuns",
  renameAsset: "storyDirector.renameAsset",
  editDescription: "storyDirector.editDescription",
  mergeAsset: "storyDirector.mergeAsset",
  deleteAsset: "storyDirector.deleteAsset",
  replacePicture: "storyDirector.replacePicture",
  addState: "storyDirector.addState",
  splitSegment: "storyDirector.splitSegment",
  mergeSegment: "storyDirector.mergeSegment",
  retimeSegment: "storyDirector.retimeSegment",
  updateTiming: "storyDirector.updateTiming",
  chooseModel: "storyDirector.chooseModel",
  setApiKey: "storyDirector.setApiKey",
  clearApiKey: "storyDirector.clearApiKey",
  testConnection: "storyDirector.testConnection",
  showLog: "storyDirector.showLog",
} as const;

export const VIEWS = {
  stories: "storyDirector.stories",
  progress: "storyDirector.progress",
} as const;

/** Kinds of webview panels. */
export const PANELS = {
  newStory: "storyDirector.newStoryForm",
} as const;

export const CONTEXT_KEYS = {
  /** Set once the extension is active: menus on folders need to know which ones are stories. */
  storyFolders: "storyDirector.storyFolders",
  running: "storyDirector.running",
} as const;
