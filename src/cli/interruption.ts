import { setMaxListeners } from "node:events";
import { EXIT, type CliHost } from "./host.ts";

/** The first interrupt stops the work, so that it ends in order; the second does not wait for that. */
export function listenForInterrupts(host: CliHost, onFirst: () => void): { readonly signal: AbortSignal; end(): void } {
  const controller = new AbortController();
  // Everything that can be stopped listens here; many listeners are no leak.
  setMaxListeners(0, controller.signal);
  const end = host.onInterrupt(() => {
    if (controller.signal.aborted) return host.exitNow(EXIT.interrupted);
    onFirst();
    controller.abort();
  });
  return { signal: controller.signal, end };
}
