/**
 * What takes the keys and is read aloud. A component keeps it in a tree of its own, once it is drawn,
 * and passes neither name nor description of its own on to it.
 */
export function innerPart(control: HTMLElement): Element {
  return control.shadowRoot?.querySelector("input, textarea, [role=combobox]") ?? control;
}

/** Gives a component another name for who hears it than for who sees it. */
export async function nameAloud(control: HTMLElement & { readonly updateComplete: Promise<unknown> }, name: string): Promise<void> {
  await control.updateComplete;
  innerPart(control).setAttribute("aria-label", name);
}
