import { isAbortError } from "../../core/errors.ts";

type Callback = (reason: Error) => void;

const callbacksOf = new WeakMap<AbortSignal, Set<Callback>>();

/**
 * Calls back once when the signal is aborted; at once where it is already. Give up listening with
 * the function that comes back. However many calls share a signal, it gets one listener, so that
 * Node has no leak to warn of.
 */
export function onAbort(signal: AbortSignal, callback: Callback): () => void {
  if (signal.aborted) {
    callback(abortReason(signal));
    return () => undefined;
  }
  const callbacks = callbacksOf.get(signal) ?? listen(signal);
  // A wrapper of its own, so that the same callback may be given twice.
  const entry: Callback = (reason) => callback(reason);
  callbacks.add(entry);
  return () => {
    callbacks.delete(entry);
    if (callbacks.size === 0) unlisten(signal);
  };
}

/** What a stopped call rejects with: an AbortError, whatever the caller gave as its reason. */
export function abortReason(signal: AbortSignal): Error {
  return isAbortError(signal.reason) ? (signal.reason as Error) : new DOMException("The call was stopped.", "AbortError");
}

export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw abortReason(signal);
}

/** The promise, or an AbortError as soon as the signal is aborted; what comes later is dropped. */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = onAbort(signal, reject);
    work.then(resolve, reject).finally(stop);
  });
}

const listeners = new WeakMap<AbortSignal, () => void>();

function listen(signal: AbortSignal): Set<Callback> {
  const callbacks = new Set<Callback>();
  const listener = () => {
    unlisten(signal);
    const reason = abortReason(signal);
    for (const callback of callbacks) callback(reason);
    callbacks.clear();
  };
  callbacksOf.set(signal, callbacks);
  listeners.set(signal, listener);
  signal.addEventListener("abort", listener);
  return callbacks;
}

function unlisten(signal: AbortSignal): void {
  const listener = listeners.get(signal);
  if (listener) signal.removeEventListener("abort", listener);
  listeners.delete(signal);
  callbacksOf.delete(signal);
}
