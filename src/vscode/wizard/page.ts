import { Uri, type Webview } from "vscode";
import { contentPolicy } from "./contentPolicy.ts";

/** The document of the form. */
export function pageHtml(webview: Webview, folder: Uri): string {
  const nonce = makeNonce();
  const address = (name: string) => webview.asWebviewUri(Uri.joinPath(folder, name)).toString();
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${contentPolicy(webview.cspSource, nonce)}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>New Story</title>
  <link rel="stylesheet" href="${address("newStory.css")}">
</head>
<body>
  <main id="page"></main>
  <script nonce="${nonce}" src="${address("newStory.js")}"></script>
</body>
</html>`;
}

function makeNonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
