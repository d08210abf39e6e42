/** How often a tree is told of changes. VS Code waits 200 ms after each event, so faster ones would starve it. */
const INTERVAL_MS = 250;

/**
 * Collects things that changed and hands them on at most every 250 ms: the first at once, the
 * rest together. Nothing is lost: what comes in between goes with the next flush.
 */
export class Coalescer<T> {
  readonly #flush: (changed: ReadonlySet<T>) => void;
  #changed = new Set<T>();
  #timer: NodeJS.Timeout | undefined;
  #lastFlush = 0;

  constructor(flush: (changed: ReadonlySet<T>) => void) {
    this.#flush = flush;
  }

  add(changed: T): void {
    this.#changed.add(changed);
    this.#timer ??= setTimeout(() => this.flush(), Math.max(0, this.#lastFlush + INTERVAL_MS - Date.now()));
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#changed.size === 0) return;
    const changed = this.#changed;
    this.#changed = new Set();
    this.#lastFlush = Date.now();
    this.#flush(changed);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#changed.clear();
  }
}
