import { isAssetTouched, type Asset, type AssetKind } from "../../../core/documents/assetDocument.ts";
import { freeId, slugOf } from "../../../core/freeIds.ts";
import { isId } from "../../../core/ids.ts";
import { assetName, oneLine, stateName } from "../../../core/tags.ts";
import type { AssetDraft } from "../../../pipeline/ports.ts";
import type { AssetElement } from "../responses.ts";

interface Entry {
  readonly id: string;
  readonly kind: AssetKind;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly description: string;
  readonly states: ReadonlyMap<string, string>;
  /** Whether its words stand, so that only states can be added: a person's, or an earlier window's. */
  readonly isFixed: boolean;
  /** Whether the narration that is read shows it. */
  readonly isFound: boolean;
}

/** Why a reference leads nowhere, or the tag that it means. */
export type Reference = { readonly tag: string; readonly kind: AssetKind } | { readonly problem: string };

/**
 * The assets on file and those that a model has named so far. Everything that a model calls
 * something gets an id here that may be part of a path; what it called it leads to that id.
 */
export class AssetBook {
  readonly #entries: Map<string, Entry>;
  /** Ids by what the answers called them. */
  readonly #called: Map<string, string>;
  /** States by asset and what the answers called them: `maria/Old Age`. */
  readonly #calledStates: Map<string, string>;
  readonly #touched: readonly string[];
  /** Ids that the answer being read has listed. */
  #listed = new Set<string>();

  private constructor(parts: { entries: Map<string, Entry>; called: Map<string, string>; calledStates: Map<string, string>; touched: readonly string[] }) {
    this.#entries = parts.entries;
    this.#called = parts.called;
    this.#calledStates = parts.calledStates;
    this.#touched = parts.touched;
  }

  static of(assets: ReadonlyMap<string, Asset>): AssetBook {
    const sorted = [...assets.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    const entries = sorted.map((asset): [string, Entry] => [asset.id, { ...asset, isFixed: isAssetTouched(asset), isFound: false }]);
    const touched = sorted.filter(isAssetTouched).map(({ id }) => id);
    return new AssetBook({ entries: new Map(entries), called: new Map(), calledStates: new Map(), touched });
  }

  /** A book to read one more answer into; the old one stands, should the answer be of no use. */
  next(): AssetBook {
    const entries = [...this.#entries].map(([id, entry]): [string, Entry] => [id, entry.isFound ? { ...entry, isFixed: true } : entry]);
    return new AssetBook({ entries: new Map(entries), called: new Map(this.#called), calledStates: new Map(this.#calledStates), touched: this.#touched });
  }

  /** Ids of assets that a person wrote or changed. */
  get touched(): readonly string[] {
    return this.#touched;
  }

  /** All of them: those on file by id, then those found, in the order of the narration. */
  all(): AssetDraft[] {
    return [...this.#entries.values()].map(toDraft);
  }

  /** Those that the narration shows. */
  found(): AssetDraft[] {
    return [...this.#entries.values()].filter(({ isFound }) => isFound).map(toDraft);
  }

  /** Takes one asset of an answer in. */
  add(element: AssetElement): void {
    const known = this.#find(element);
    const entry = known ? withElement(known, element) : this.#create(element);
    const states = new Map(entry.states);
    for (const { name, description } of element.states) {
      const state = this.#stateId(entry.id, name, states);
      if (!known?.isFixed || !states.has(state)) states.set(state, oneLine(description));
    }
    this.#entries.set(entry.id, { ...entry, states, isFound: true });
    this.#called.set(keyOf(element.id || element.name), entry.id);
    this.#listed.add(entry.id);
  }

  /** The tag that a scene means by `@Old Square` or `maria/old`; marks its asset as found. */
  resolve(reference: string): Reference {
    const bare = reference.trim().replace(/^@/, "");
    const name = assetName(bare);
    const entry = this.#entries.get(this.#called.get(keyOf(name)) ?? name) ?? this.#byName(name);
    if (!entry) return { problem: `@${bare} is no asset: list it in assets, or use one that is there` };
    const said = stateName(bare);
    const state = said && (this.#calledStates.get(`${entry.id}/${keyOf(said)}`) ?? said);
    const states = [...entry.states.keys()].map((known) => `@${entry.id}/${known}`).join(", ");
    if (state && !entry.states.has(state)) return { problem: `@${bare}: @${entry.id} has no such state${states ? `, only ${states}` : ""}` };
    if (!state && !entry.description) return { problem: `@${bare} has no description${states ? `, only states: use ${states}` : ""}` };
    this.#entries.set(entry.id, { ...entry, isFound: true });
    return { tag: state ? `${entry.id}/${state}` : entry.id, kind: entry.kind };
  }

  #find(element: AssetElement): Entry | undefined {
    const id = bareId(element);
    const repeated = this.#called.get(keyOf(id || element.name));
    const byId = this.#entries.get(repeated ?? id);
    if (byId) return byId;
    const byName = this.#byName(element.name, element.kind);
    return byName && !this.#listed.has(byName.id) ? byName : undefined;
  }

  #byName(name: string, kind?: AssetKind): Entry | undefined {
    const wanted = plainName(name);
    return [...this.#entries.values()].find((entry) => (kind === undefined || entry.kind === kind) && namesOf(entry).includes(wanted));
  }

  #create(element: AssetElement): Entry {
    const { kind, name, description } = element;
    const called = bareId(element);
    const taken = new Set(this.#entries.keys());
    const id = isId(called) && !taken.has(called) ? called : freeId(slugOf(called) === undefined ? name : called, kind, taken);
    const original = called !== "" && called !== id && plainName(called) !== plainName(name) ? [called] : [];
    return { id, kind, name: oneLine(name), aliases: [...new Set([...element.aliases, ...original])], description: oneLine(description), states: new Map(), isFixed: false, isFound: true };
  }

  #stateId(asset: string, name: string, states: ReadonlyMap<string, string>): string {
    const bare = name.includes("/") ? name.slice(name.lastIndexOf("/") + 1) : name;
    const called = `${asset}/${keyOf(bare)}`;
    const id = this.#calledStates.get(called) ?? (isId(bare) ? bare : freeId(bare, "state", new Set(states.keys())));
    this.#calledStates.set(called, id);
    return id;
  }
}

/** A known asset with what an answer says of it; words that stand stay as they are. */
function withElement(known: Entry, element: AssetElement): Entry {
  if (known.isFixed) return known;
  const aliases = [...new Set([...known.aliases, ...element.aliases])];
  return { ...known, aliases, description: oneLine(element.description) || known.description };
}

function toDraft({ id, kind, name, aliases, description, states }: Entry): AssetDraft {
  return { id, kind, name, aliases, description, states };
}

function bareId({ id }: AssetElement): string {
  return id.trim().replace(/^@/, "");
}

/** `Old Square`, `old_square` and `@old-square` are one name. */
function keyOf(name: string): string {
  return name.trim().replace(/^@/, "").normalize("NFC").toLowerCase().replace(/[\s_-]+/g, "_");
}

function namesOf({ id, name, aliases }: Entry): string[] {
  return [name, id.replace(/[_-]+/g, " "), ...aliases].map(plainName);
}

function plainName(name: string): string {
  return name.normalize("NFC").toLowerCase().replace(/[\s_-]+/g, " ").replace(/^(?:the|a|an) /, "").trim();
}
