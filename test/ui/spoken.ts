import type { Frame, Page } from "../host/browser.ts";

/** Something that takes the focus, as a screen reader is told of it. */
export interface SpokenControl {
  readonly role: string;
  readonly name: string;
  readonly description: string;
  /** Of what can be ticked: "true", "false" or "mixed"; undefined for all else. */
  readonly checked: unknown;
}

interface FrameTree {
  readonly frame: { readonly id: string; readonly name?: string; readonly url: string };
  readonly childFrames?: readonly FrameTree[];
}

interface AccessibleNode {
  readonly ignored: boolean;
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
  readonly description?: { readonly value: string };
  readonly properties?: readonly { readonly name: string; readonly value: { readonly value?: unknown } }[];
}

/** All that takes the focus in the document of a webview's frame, in its order. */
export async function spokenControls(page: Page, webview: Frame): Promise<SpokenControl[]> {
  const session = await page.context().newCDPSession(page);
  try {
    const { frameTree } = (await session.send("Page.getFrameTree")) as { frameTree: FrameTree };
    // The document is written into its frame: the browser's protocol knows it by the address of the frame around it.
    const frameId = framesOf(frameTree).find(({ name, url }) => name === "active-frame" && idIn(url) === idIn(webview.url()))?.id;
    if (!frameId) throw new Error(`The browser knows no webview with the id in ${webview.url()}.`);
    const { nodes } = (await session.send("Accessibility.getFullAXTree", { frameId })) as { nodes: AccessibleNode[] };
    return nodes.filter((node) => !node.ignored && node.role?.value !== "RootWebArea" && propertyOf(node, "focusable") === true).map(spokenControl);
  } finally {
    await session.detach();
  }
}

/** What is wrong with the names: every control has one, and it is the only one of its kind with it. */
export function wrongNames(controls: readonly SpokenControl[]): string[] {
  const said = controls.map(({ role, name }) => `${role} “${name.trim()}”`);
  const empty = controls.filter(({ name }) => !name.trim()).map(({ role }) => `a ${role} without a name`);
  const doubled = [...new Set(said.filter((text, index) => said.indexOf(text) < index))].map((text) => `more than one ${text}`);
  return [...empty, ...doubled];
}

function framesOf({ frame, childFrames = [] }: FrameTree): FrameTree["frame"][] {
  return [frame, ...childFrames.flatMap(framesOf)];
}

function idIn(address: string): string | null {
  return new URL(address).searchParams.get("id");
}

function spokenControl(node: AccessibleNode): SpokenControl {
  const { role, name, description } = node;
  return { role: role?.value ?? "", name: name?.value ?? "", description: description?.value ?? "", checked: propertyOf(node, "checked") };
}

function propertyOf({ properties = [] }: AccessibleNode, wanted: string): unknown {
  return properties.find(({ name }) => name === wanted)?.value.value;
}
