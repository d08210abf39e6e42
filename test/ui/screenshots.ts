// Takes the pictures of the README: a run under way, and the script it leaves, in light, dark and high contrast.
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { buildPacedExtension } from "./testExtension.ts";
import { openWorkbench, root, type Theme, type Workbench } from "./workbench.ts";

const target = join(root, "media", "screenshots");
const extension = await buildPacedExtension();
mkdirSync(target, { recursive: true });

for (const theme of ["light", "dark", "hc"] as const) {
  const workbench = await openWorkbench({
    folder: join(root, "samples", "the-trumpet-and-the-silence"),
    extension,
    theme,
    files: { "pace.json": JSON.stringify({ optimizeMs: 900 }) },
    settings: { "editor.wordWrap": "on", "editor.minimap.enabled": false, "breadcrumbs.enabled": false },
    size: { width: 1080, height: 720 },
  });
  try {
    await takePictures(workbench, theme);
  } finally {
    await workbench.dispose();
  }
}

async function takePictures(workbench: Workbench, theme: Theme): Promise<void> {
  const { page } = workbench;
  await workbench.runCommand("Story Director: Regenerate Director's Script");
  await widenSideBar(workbench);
  await workbench.waitFor("half of the run", async () => (await workbench.statusBar()).find(({ text }) => /^(?:2[0-9]|3[0-9])\/53/.test(text)), 60_000);
  await keep(workbench, `run-${theme}`);
  writeFileSync(join(workbench.folder, "pace.json"), "{}");
  await workbench.waitFor("the end", async () => (await workbench.notifications()).find(({ message }) => message.includes("53/53")), 60_000);
  await workbench.pressNotificationButton("Open Script");
  await page.locator(".monaco-editor .view-line").filter({ hasText: "SCENE" }).first().waitFor();
  const [firstScene] = (await workbench.rows("Stories")).filter(({ label }) => label.startsWith("1 ·"));
  await workbench.expandRow("Stories", firstScene!.label);
  await workbench.waitFor("the segments of the scene", async () => (await workbench.rows("Stories")).find(({ level }) => level === 3));
  // Decorations and colours come a moment after the rows.
  await setTimeout(1500);
  await keep(workbench, `segment-${theme}`);
}

/** Drags the border of the side bar, so that labels and counters are seen whole. */
async function widenSideBar({ page }: Workbench): Promise<void> {
  const box = (await page.locator(".part.sidebar").boundingBox())!;
  await page.mouse.move(box.x + box.width, box.y + 300);
  await page.mouse.down();
  await page.mouse.move(box.x + 430, box.y + 300, { steps: 5 });
  await page.mouse.up();
  await page.mouse.move(800, 600);
}

async function keep(workbench: Workbench, name: string): Promise<void> {
  await workbench.screenshot(name);
  cpSync(join(root, "out", "screenshots", `${name}.png`), join(target, `${name}.png`));
}
