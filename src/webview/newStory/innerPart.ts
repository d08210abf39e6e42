/**
 * What takes the keys and is read aloud. A component keeps it in a tree of its own, once it is drawn,
 * and passes neither name nor description of its own on to it.
 */
export function innerPart(control: HTMLElement): Element {
  return control.shadowRoot?.querySelector("input, textarea, [role=combobox]") ?? control;
}
