import { infinitives, isParticiple } from "./inflection.ts";
import type { Sentence, Token } from "./tokens.ts";

/** A verb with its helpers: `would not have gone`. */
export interface VerbChain {
  readonly main: Token;
  readonly isUnreal: boolean;
  readonly isPassive: boolean;
  readonly isCopula: boolean;
  /** `folded` of `lay folded`. */
  readonly state: string | undefined;
}

const MODALS = new Set(["would", "could", "should", "might", "may", "must", "can", "will", "shall", "'d", "'ll"]);
const COPULAS = new Set(["be", "seem", "look", "become", "feel", "grow"]);

/** The chain that starts at a token, if one does; `end` is not included. */
export function chainAt(sentence: Sentence, start: number): { verb: VerbChain; end: number } | undefined {
  let index = start;
  const verbs: Token[] = [];
  let isUnreal = false;
  let state: string | undefined;
  for (; index < sentence.length; index++) {
    const token = sentence[index]!;
    if (token.kind === "negation" && (verbs.length > 0 || sentence[index + 1]?.kind === "verb")) isUnreal = true;
    else if (token.kind === "verb" || MODALS.has(token.lower)) {
      const isState = isStateAfter(verbs.at(-1), token);
      if (verbs.length > 0 && !isHelper(verbs.at(-1)!) && !isState) break;
      if (isState) state = token.lower;
      else verbs.push(token);
    } else if (!(token.kind === "adverb" && verbs.length > 0 && sentence[index + 1]?.kind === "verb")) break;
    if (/[.,;:!?—]/.test(token.after) && verbs.length > 0) {
      index++;
      break;
    }
  }
  const main = verbs.at(-1);
  if (!main) return undefined;
  const helpers = verbs.slice(0, -1);
  const hasBe = helpers.some(({ lower }) => infinitives(lower)[0] === "be" || lower === "'s" || lower === "'re");
  return {
    verb: {
      main,
      isUnreal: isUnreal || helpers.some(({ lower }) => MODALS.has(lower)),
      isPassive: hasBe && isParticiple(main.lower) && !main.lower.endsWith("ing"),
      isCopula: COPULAS.has(infinitives(main.lower)[0]!) || main.tags.has("Copula"),
      state,
    },
    end: index,
  };
}

/** `lay folded`, `hung wrapped`: how something lies or hangs. */
function isStateAfter(before: Token | undefined, { lower }: Token): boolean {
  return before !== undefined && /[^i]ed$/.test(lower) && before.after.trim() === "" && ["lie", "hang", "stand", "sit", "lean", "rest"].includes(infinitives(before.lower)[0]!);
}

function isHelper({ lower, tags }: Token): boolean {
  return MODALS.has(lower) || tags.has("Auxiliary") || tags.has("Copula") || ["be", "have", "do"].includes(infinitives(lower)[0]!);
}
