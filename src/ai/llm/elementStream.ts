/** How much of an answer is looked at. A model that is out of its mind is cut off here. */
export interface ScanLimits {
  /** Brackets open inside one another. */
  readonly depth: number;
  /** UTF-16 units of one element. */
  readonly elementLength: number;
  /** UTF-16 units of the whole answer. */
  readonly length: number;
}

export const SCAN_LIMITS: ScanLimits = { depth: 32, elementLength: 256 * 1024, length: 1024 * 1024 };

export interface ScannedElement {
  /** Name of the array it is an element of; empty where it stands alone or in a bare array. */
  readonly array: string;
  /** As it was written. */
  readonly text: string;
  /** Undefined where the text is no JSON. */
  readonly value: unknown;
}

/**
 * `prose` nothing that was looked for yet, `inside` between the first bracket and the last,
 * `closed` all that was looked for has ended, `overflow` a limit was passed: nothing more is read.
 */
export type ScanState = "prose" | "inside" | "closed" | "overflow";

type Phase = "prose" | "think" | "object" | "array" | "element" | "closed" | "overflow";

const THINK = "<think>";
const THINK_END = "</think>";
/** A name of an array is longer than this nowhere. */
const LONGEST_NAME = 32;

/**
 * Finds the objects of an answer while it is being written, and gives each one the moment it
 * closes. Whatever stands around the JSON is passed over: prose, `<think>…</think>`, fences,
 * trailing text. Linear: every character is looked at once, an element is parsed once.
 */
export class ElementScanner {
  readonly #limits: ScanLimits;
  /** Arrays not seen yet. */
  readonly #wanted: Set<string>;
  /** Without names the first whole object is the answer. */
  readonly #takesRoot: boolean;
  #phase: Phase = "prose";
  #length = 0;

  /** How far `<think>` or `</think>` has been matched. */
  #matched = 0;
  /** A bracket in prose that may begin the JSON, depending on what follows. */
  #opened: "{" | "[" | undefined;

  #inString = false;
  #escaped = false;
  /** Brackets open around the current character: in the object, the array, or the element. */
  #depth = 0;
  #string = "";
  #key: string | undefined;
  #array = "";
  #isBare = false;

  #pieces: string[] = [];
  #start = 0;
  #elementLength = 0;

  /** @param arrays The arrays of the root object whose elements are wanted; none: the root object itself. */
  constructor(arrays: readonly string[], limits: ScanLimits = SCAN_LIMITS) {
    this.#wanted = new Set(arrays);
    this.#takesRoot = arrays.length === 0;
    this.#limits = limits;
  }

  get state(): ScanState {
    const phase = this.#phase;
    if (phase === "think") return "prose";
    return phase === "object" || phase === "array" || phase === "element" ? "inside" : phase;
  }

  /** @returns the elements that closed within this chunk */
  push(chunk: string): ScannedElement[] {
    const found: ScannedElement[] = [];
    this.#length += chunk.length;
    if (this.#length > this.#limits.length) this.#phase = "overflow";
    this.#start = 0;
    for (let index = 0; index < chunk.length; index++) {
      if (this.#phase === "closed" || this.#phase === "overflow") return found;
      const element = this.#read(chunk, index);
      if (element) found.push(element);
    }
    if (this.#phase === "element") this.#pieces.push(chunk.slice(this.#start));
    return found;
  }

  #read(chunk: string, index: number): ScannedElement | undefined {
    const character = chunk[index]!;
    if (this.#phase === "element" && ++this.#elementLength > this.#limits.elementLength) {
      this.#phase = "overflow";
      return undefined;
    }
    if (this.#inString) {
      this.#readString(character);
      return undefined;
    }
    switch (this.#phase) {
      case "prose":
        return this.#readProse(chunk, index);
      case "think":
        if (this.#matches(THINK_END, character)) this.#phase = "prose";
        return undefined;
      case "object":
        this.#readObject(character);
        return undefined;
      case "array":
        this.#readArray(character, index);
        return undefined;
      case "element":
        return this.#readElement(chunk, index);
      case "closed":
      case "overflow":
        return undefined;
    }
  }

  #readString(character: string): void {
    if (this.#escaped) this.#escaped = false;
    else if (character === "\\") this.#escaped = true;
    else if (character === '"') {
      this.#inString = false;
      return;
    }
    if (this.#phase === "object" && this.#depth === 1 && this.#string.length < LONGEST_NAME) this.#string += character;
  }

  /** Both words have their only `<` in front, so a failed match starts over at most at this character. */
  #matches(word: string, character: string): boolean {
    this.#matched = character === word[this.#matched] ? this.#matched + 1 : Number(character === "<");
    if (this.#matched < word.length) return false;
    this.#matched = 0;
    return true;
  }

  /** `{` before a string begins an object, `[` before `{` a bare array; other brackets are prose. */
  #readProse(chunk: string, index: number): ScannedElement | undefined {
    const character = chunk[index]!;
    if (this.#matches(THINK, character)) {
      this.#opened = undefined;
      this.#phase = "think";
      return undefined;
    }
    if (this.#opened !== undefined && isBlank(character)) return undefined;
    const opened = this.#opened;
    this.#opened = character === "{" || character === "[" ? character : undefined;
    if (opened === "[" && character === "{") {
      if (this.#takesRoot) return undefined;
      this.#opened = undefined;
      this.#enterArray("", true);
      this.#readArray(character, index);
    } else if (opened === "{" && (character === '"' || character === "}")) return this.#enterRoot(chunk, index);
    return undefined;
  }

  #enterRoot(chunk: string, index: number): ScannedElement | undefined {
    this.#depth = 1;
    if (this.#takesRoot) {
      this.#phase = "element";
      this.#pieces = ["{"];
      this.#elementLength = 1;
      this.#start = index;
      return this.#readElement(chunk, index);
    }
    this.#phase = "object";
    this.#key = undefined;
    this.#readObject(chunk[index]!);
    return undefined;
  }

  #readObject(character: string): void {
    if (character === '"') {
      this.#inString = true;
      this.#string = "";
    } else if (character === ":" && this.#depth === 1) this.#key = this.#string;
    else if (character === "," && this.#depth === 1) this.#key = undefined;
    else if (character === "[" && this.#depth === 1 && this.#key !== undefined && this.#wanted.has(this.#key)) this.#enterArray(this.#key, false);
    else if (character === "{" || character === "[") this.#open();
    else if (character === "}" || character === "]") {
      this.#depth--;
      if (this.#depth === 0) this.#phase = "prose";
    }
  }

  #enterArray(name: string, isBare: boolean): void {
    this.#phase = "array";
    this.#array = name;
    this.#isBare = isBare;
    this.#wanted.delete(name);
    this.#depth = 0;
  }

  /** Elements that are no objects are passed over. */
  #readArray(character: string, index: number): void {
    if (character === '"') this.#inString = true;
    else if (character === "{" && this.#depth === 0) {
      this.#phase = "element";
      this.#depth = 1;
      this.#pieces = [];
      this.#elementLength = 1;
      this.#start = index;
    } else if (character === "{" || character === "[") this.#open();
    else if (character === "]" && this.#depth === 0) this.#leaveArray();
    else if (character === "}" || character === "]") this.#depth = Math.max(0, this.#depth - 1);
  }

  #leaveArray(): void {
    if (this.#isBare || this.#wanted.size === 0) this.#phase = "closed";
    else {
      this.#phase = "object";
      this.#depth = 1;
      this.#key = undefined;
    }
  }

  #readElement(chunk: string, index: number): ScannedElement | undefined {
    const character = chunk[index]!;
    if (character === '"') this.#inString = true;
    else if (character === "{" || character === "[") this.#open();
    else if (character === "}" || character === "]") {
      this.#depth--;
      if (this.#depth === 0) return this.#close(chunk.slice(this.#start, index + 1));
    }
    return undefined;
  }

  #close(last: string): ScannedElement | undefined {
    const text = [...this.#pieces, last].join("");
    this.#pieces = [];
    const value = parseJson(text);
    if (!this.#takesRoot) {
      this.#phase = "array";
      return { array: this.#array, text, value };
    }
    // Braces in prose may look like an object; the answer is the first that is one.
    this.#phase = value === undefined ? "prose" : "closed";
    return value === undefined ? undefined : { array: "", text, value };
  }

  #open(): void {
    this.#depth++;
    if (this.#depth > this.#limits.depth) this.#phase = "overflow";
  }
}

function isBlank(character: string): boolean {
  return character === " " || character === "\n" || character === "\r" || character === "\t";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The elements of a whole answer. */
export function scanElements(text: string, arrays: readonly string[]): ScannedElement[] {
  return new ElementScanner(arrays).push(text.slice(0, SCAN_LIMITS.length));
}

/** The answer's object; undefined where it has none that is whole. */
export function scanObject(text: string): unknown {
  return new ElementScanner([]).push(text.slice(0, SCAN_LIMITS.length))[0]?.value;
}
