import type { LanguageModel, ModelEvent, ModelRequest } from "../../src/pipeline/ports.ts";
import { finalFor, idsAsked, plainDraft, wantedOf, wellBehaved } from "../../test/support/fakeLanguageModel.ts";
import type { BenchClock } from "./clocks.ts";
import { DRAFT_MS, SPEEDS } from "./speeds.ts";

/** Tokens that come in one event. */
const TOKENS_AN_EVENT = 5;
const CHARACTERS_A_TOKEN = 4;

export interface Traffic {
  readonly calls: number;
  readonly peakCalls: number;
  /** At four characters each. */
  readonly inputTokens: number;
  /** Of them, those that stood at the beginning of a call before that had begun to be answered. */
  readonly cacheableTokens: number;
}

/** A call, and when it began, in milliseconds of the model's time. */
export interface TimedCall {
  readonly request: ModelRequest;
  readonly startMs: number;
}

export interface TimedModel extends LanguageModel {
  readonly played: readonly TimedCall[];
  traffic(): Traffic;
}

/** A model that plays well, in the time that a real one takes. */
export function createTimedModel(clock: BenchClock): TimedModel {
  const played: TimedCall[] = [];
  const begun = new Set<string>();
  let [open, peakCalls, inputCharacters, cacheableCharacters] = [0, 0, 0, 0];
  const count = ({ system, context, instruction, cacheKey }: ModelRequest) => {
    inputCharacters += system.length + context.length + instruction.length;
    if (begun.has(cacheKey)) cacheableCharacters += system.length + context.length;
  };
  return {
    name: "fake/timed-1",
    played,
    traffic: () => ({ calls: played.length, peakCalls, inputTokens: inputCharacters / CHARACTERS_A_TOKEN, cacheableTokens: cacheableCharacters / CHARACTERS_A_TOKEN }),
    async *stream(request): AsyncGenerator<ModelEvent, void, undefined> {
      const start = clock.now();
      played.push({ request, startMs: start });
      count(request);
      peakCalls = Math.max(peakCalls, ++open);
      try {
        for (const { text, atMs } of eventsOf(request)) {
          await clock.until(start + atMs);
          begun.add(request.cacheKey);
          yield { type: "text", delta: text };
        }
        yield { type: "end", outcome: "completed", model: "fake/timed-1" };
      } finally {
        open--;
      }
    },
  };
}

interface TimedText {
  readonly text: string;
  /** Milliseconds after the call began. */
  readonly atMs: number;
}

function eventsOf(request: ModelRequest): TimedText[] {
  if (wantedOf(request) === "drafts") {
    const drafts = idsAsked(request).map((id) => JSON.stringify(wordyDraft(id)));
    const { firstTokenMs, tokensPerDraft } = SPEEDS;
    const texts = drafts.flatMap((draft, index) => cut(index === 0 ? draft : `,${draft}`, { fromMs: firstTokenMs + index * DRAFT_MS, tokens: tokensPerDraft }));
    return [{ text: '{"segments":[', atMs: firstTokenMs }, ...texts, { text: "]}", atMs: texts.at(-1)!.atMs }];
  }
  const text = wantedOf(request) === "final_prompt" ? JSON.stringify({ finalPrompt: wordyFinal(finalFor(request)) }) : wellBehaved(request);
  return cut(text, { fromMs: SPEEDS.optimizeFirstTokenMs, tokens: SPEEDS.tokensPerFinal });
}

function cut(text: string, { fromMs, tokens }: { readonly fromMs: number; readonly tokens: number }): TimedText[] {
  const events = Math.ceil(tokens / TOKENS_AN_EVENT);
  const upTo = (event: number) => Math.round((text.length * event) / events);
  const lastMs = (tokens * 1000) / SPEEDS.tokensPerSecond;
  return Array.from({ length: events }, (_, index) => ({ text: text.slice(upTo(index), upTo(index + 1)), atMs: fromMs + (lastMs * (index + 1)) / events }));
}

const WORDS = "the worn stones of the square lie wet and dark under a low fog while the lamps along the arcade burn small and warm and their light breaks on the brass and on the horn buttons of the coat as the pigeons near the dry fountain settle one after the other and the windows above stay shut";

/** As long as the tokens say: 260 of four characters. */
function wordyDraft(id: string): Record<string, unknown> {
  const visualPrompt = `@maria lifts @trumpet on @square, facing right, until the mouthpiece rests on her lips; ${WORDS}. End: ${id.replace("_", " ")}, eyes closed, still.`;
  return plainDraft(id, {
    visualPrompt,
    cameraWork: "Medium close-up, eye level, 50 mm, shallow focus, one slow push-in over the whole length of the shot.",
    lighting: "Low dusk sun from behind left, warm rim on braid and brass, cool shade on the face, lamps as small highlights.",
    mood: "Resolute, tender.",
  });
}

/** As long as the tokens say: 180 of four characters. */
function wordyFinal(text: string): string {
  return text.length > 700 ? text : `${text} ${WORDS}`.slice(0, 700);
}
