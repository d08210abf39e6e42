import { readHostMessage, readPageState, type HostMessage, type PageMessage, type PageState } from "../../vscode/wizard/protocol.ts";

interface VsCodeApi {
  postMessage(message: PageMessage): void;
  getState(): unknown;
  setState(state: PageState | undefined): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();

export function tell(message: PageMessage): void {
  api.postMessage(message);
}

export function keepState(state: PageState | undefined): void {
  api.setState(state);
}

export function keptState(): PageState | undefined {
  return readPageState(api.getState());
}

/** Messages from the host, once they are known to be some. */
export function listen(onMessage: (message: HostMessage) => void): void {
  window.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    const message = readHostMessage(data);
    if (message) onMessage(message);
    else console.error("The host sent a message that it should not know.", data);
  });
}
