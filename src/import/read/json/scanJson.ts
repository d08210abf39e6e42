export type JsonPath = readonly (string | number)[];

/** Where a text stops being JSON. */
export interface JsonFault {
  readonly offset: number;
  readonly message: string;
}

export interface JsonScan {
  readonly fault: JsonFault | undefined;
  /** The text in the form that JSON.parse takes: see `isMended`. */
  readonly text: string;
  /**
   * Whether line ends and other control characters inside strings were replaced by blanks (whisper.cpp
   * writes them raw), or NaN and Infinity by null (Python does).
   */
  readonly isMended: boolean;
  /** Offsets of the values that were asked for, in the order of the text. */
  readonly places: readonly { readonly path: JsonPath; readonly offset: number }[];
}

export interface WantedPlaces {
  /** No longer path is asked for. */
  readonly deepest: number;
  readonly wants: (path: JsonPath) => boolean;
}

interface Frame {
  readonly kind: "{" | "[";
  key: string | undefined;
  count: number;
  expects: "value" | "key" | "colon" | "next" | "first";
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null|-?Infinity|NaN/y;
// One class per step and no way back into it: linear however long the string.
const STRING_PART = /[^"\\]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * Walks JSON once, without recursion: finds the place of its first mistake (engines name it in
 * words of their own, or not at all) and the offsets of the values that are wanted.
 */
export function scanJson(text: string, wanted?: WantedPlaces): JsonScan {
  const scanner = new Scanner(text, wanted);
  const fault = scanner.run();
  return { fault, text: scanner.mendedText(), isMended: scanner.mends.length > 0, places: scanner.places };
}

interface Mend {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

class Scanner {
  readonly places: { path: JsonPath; offset: number }[] = [];
  readonly mends: Mend[] = [];
  readonly #text: string;
  readonly #wanted: WantedPlaces | undefined;
  readonly #frames: Frame[] = [];
  #at = 0;
  #isDone = false;

  constructor(text: string, wanted: WantedPlaces | undefined) {
    this.#text = text;
    this.#wanted = wanted;
  }

  run(): JsonFault | undefined {
    for (;;) {
      while (" \n\t\r".includes(this.#text[this.#at] ?? "x")) this.#at++;
      if (this.#at >= this.#text.length) return this.#isDone ? undefined : { offset: this.#at, message: "the JSON breaks off before its end" };
      if (this.#isDone) return this.#fault("more text follows after the end of the JSON");
      const fault = this.#step();
      if (fault) return fault;
    }
  }

  mendedText(): string {
    const parts: string[] = [];
    let at = 0;
    for (const { start, end, text } of this.mends) {
      parts.push(this.#text.slice(at, start), text);
      at = end;
    }
    return parts.length ? parts.join("") + this.#text.slice(at) : this.#text;
  }

  #step(): JsonFault | undefined {
    const frame = this.#frames.at(-1);
    const character = this.#text[this.#at]!;
    if (!frame) return this.#value();
    const close = frame.kind === "{" ? "}" : "]";
    if (character === close && (frame.expects === "first" || frame.expects === "next")) return this.#end();
    switch (frame.expects) {
      case "next":
        if (character !== ",") return this.#fault(`expected a comma or ${close} here`);
        this.#at++;
        frame.expects = frame.kind === "{" ? "key" : "value";
        return undefined;
      case "colon":
        if (character !== ":") return this.#fault("expected a colon here");
        this.#at++;
        frame.expects = "value";
        return undefined;
      case "first":
        if (frame.kind === "{") return this.#key(frame);
        return this.#value();
      case "key":
        return this.#key(frame);
      case "value":
        return this.#value();
    }
  }

  #key(frame: Frame): JsonFault | undefined {
    const start = this.#at;
    if (this.#text[start] !== '"') return this.#fault("expected a name in double quotes here");
    const fault = this.#string();
    if (fault) return fault;
    frame.key = this.#text.slice(start + 1, this.#at - 1);
    frame.expects = "colon";
    return undefined;
  }

  #value(): JsonFault | undefined {
    this.#note();
    const character = this.#text[this.#at]!;
    if (character === "{" || character === "[") {
      this.#frames.push({ kind: character, key: undefined, count: 0, expects: "first" });
      this.#at++;
      return undefined;
    }
    if (character === '"') {
      const fault = this.#string();
      return fault ?? this.#valueDone();
    }
    for (const pattern of [NUMBER, WORD]) {
      pattern.lastIndex = this.#at;
      const found = pattern.exec(this.#text)?.[0];
      if (found === undefined || (found.length === 1 && found === "-")) continue;
      if (/^-?[NI]/.test(found)) this.mends.push({ start: this.#at, end: this.#at + found.length, text: "null" });
      this.#at += found.length;
      return this.#valueDone();
    }
    return this.#fault("expected a value here");
  }

  #note(): void {
    if (!this.#wanted || this.#frames.length > this.#wanted.deepest) return;
    const path = this.#frames.map(({ kind, key, count }) => (kind === "{" ? (key ?? "") : count));
    if (this.#wanted.wants(path)) this.places.push({ path, offset: this.#at });
  }

  #string(): JsonFault | undefined {
    const start = this.#at++;
    for (;;) {
      STRING_PART.lastIndex = this.#at;
      const part = STRING_PART.exec(this.#text)?.[0];
      if (part === undefined) break;
      if (/\p{Cc}/u.test(part)) this.mends.push({ start: this.#at, end: this.#at + part.length, text: part.replace(/\p{Cc}/gu, " ") });
      this.#at += part.length;
    }
    if (this.#at >= this.#text.length) return { offset: start, message: "the JSON breaks off inside this text" };
    if (this.#text[this.#at] !== '"') return this.#fault("a backslash here stands for nothing");
    this.#at++;
    return undefined;
  }

  #end(): undefined {
    this.#at++;
    this.#frames.pop();
    this.#valueDone();
  }

  #valueDone(): undefined {
    const frame = this.#frames.at(-1);
    if (!frame) {
      this.#isDone = true;
      return;
    }
    frame.count++;
    frame.expects = "next";
  }

  #fault(message: string): JsonFault {
    return { offset: this.#at, message: `${message}, found “${this.#text.slice(this.#at, this.#at + 20).split("\n")[0]}”` };
  }
}
