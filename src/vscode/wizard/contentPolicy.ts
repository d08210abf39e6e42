/**
 * What the page of the form may load: styles and pictures of the extension, and the one script with
 * the nonce. `data:` is for pictures that are part of a style, as the handle to resize a text field is.
 */
export function contentPolicy(cspSource: string, nonce: string): string {
  return [`default-src 'none'`, `script-src 'nonce-${nonce}'`, `style-src ${cspSource}`, `img-src ${cspSource} data:`].join("; ");
}
