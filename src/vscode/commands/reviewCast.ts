import { commands, window } from "vscode";
import { rangesToPlan } from "../../core/extractionPlan.ts";
import { plural } from "../../core/words.ts";
import type { App } from "../app.ts";
import { VIEWS } from "../ids.ts";
import { reviewsCast } from "../settings.ts";
import type { StoryHandle } from "../stories.ts";
import { runStory } from "./regenerateScript.ts";

const GO_ON = "Go On";
const SHOW_CAST = "Show Cast";

/**
 * Extract Assets alone, where it has something to do and the rest costs money; then the cast waits
 * for a person, who may rename, merge and describe it. Nothing is held meanwhile: whoever closes the
 * window goes on later with Regenerate.
 * @returns whether to go on with the script
 */
export async function reviewCast(app: App, story: StoryHandle): Promise<boolean> {
  if (!(await isWanted(app))) return true;
  // What was read may be a moment old.
  story.forgetAll();
  const { story: before } = await story.outline();
  if (rangesToPlan(before, false).length === 0) return true;
  await runStory(app, story, { script: false, images: false });
  story.forgetAll();
  const { settings, assets } = (await story.outline()).story;
  const message = `“${settings.title}”: ${plural(assets.size, "asset")} found. Look through the cast before prompts and images are paid for.`;
  for (;;) {
    const answer = await window.showInformationMessage(message, GO_ON, SHOW_CAST);
    if (answer !== SHOW_CAST) return answer === GO_ON;
    await commands.executeCommand(`${VIEWS.stories}.focus`);
  }
}

async function isWanted(app: App): Promise<boolean> {
  const wanted = reviewsCast();
  if (wanted !== "auto") return wanted === "always";
  const { provider, baseUrl } = app.models.settings;
  if (provider !== "compatible") return provider !== "offline";
  // A server on this machine costs nothing.
  return !(await app.models.loadEngine()).addressOf(baseUrl).isLoopback;
}
