import type { CueDoubt } from "../../transcript.ts";
import type { RawCue } from "../rawCue.ts";
import { lettersOf } from "./alignWords.ts";

export interface Doubt {
  readonly code: CueDoubt;
  readonly message: string;
  readonly hint: string;
}

const LISTEN = "Listen to this place; leave the cue out if nobody says it.";

/**
 * What transcribers write where nobody speaks, as often reported of Whisper: what stood under the
 * videos it learned from. Compared by letters alone, as the whole of a cue.
 */
const KNOWN_PHRASES: ReadonlySet<string> = new Set([
  "Thanks for watching", "Thank you for watching", "Thank you so much for watching", "Thanks for watching and see you next time",
  "Please subscribe", "Please subscribe to my channel", "Like and subscribe", "Please like and subscribe", "Don't forget to subscribe", "See you in the next video",
  "Subtitles by the Amara.org community", "Subtitles created by the Amara.org community", "Transcription by CastingWords", "Transcribed by https://otter.ai",
  "Untertitel der Amara.org-Community", "Untertitel im Auftrag des ZDF für funk, 2017", "Untertitelung des ZDF, 2020", "Untertitelung aufgrund der Amara.org-Community", "Vielen Dank fürs Zuschauen", "Copyright WDR 2021",
  "Sous-titres réalisés par la communauté d'Amara.org", "Sous-titres réalisés para la communauté d'Amara.org", "Sous-titrage Société Radio-Canada", "Merci d'avoir regardé cette vidéo",
  "Subtítulos realizados por la comunidad de Amara.org", "Subtítulos por la comunidad de Amara.org", "Gracias por ver el video", "Sottotitoli creati dalla comunità Amara.org", "Sottotitoli e revisione a cura di QTSS",
  "Legendas pela comunidade Amara.org", "Napisy stworzone przez społeczność Amara.org", "Ondertitels ingediend door de Amara.org gemeenschap", "Altyazı M.K.",
  "Субтитры сделал DimaTorzok", "Субтитры создавал DimaTorzok", "Продолжение следует", "Спасибо за просмотр",
  "ご視聴ありがとうございました", "最後までご視聴ありがとうございました", "チャンネル登録をお願いします", "字幕由Amara.org社区提供", "由 Amara.org 社群提供的字幕", "请不吝点赞 订阅 转发 打赏支持明镜与点点栏目", "謝謝觀看", "시청해주셔서 감사합니다", "구독과 좋아요 부탁드립니다",
].map(lettersOf));

/** @param isLoop Whether the cue repeats the ones before it. */
export function doubtOf(cue: RawCue, isLoop: boolean): Doubt | undefined {
  const { noSpeech = 0, logProbability = 0, compressionRatio = 0 } = cue.confidence ?? {};
  if (KNOWN_PHRASES.has(lettersOf(cue.text))) return { code: "known-phrase", message: "transcribers write this into silence", hint: LISTEN };
  // Whisper's own thresholds for silence and for text that goes round in circles.
  if (noSpeech > 0.6 && logProbability < -1) return { code: "no-speech", message: "the transcriber doubts that somebody speaks here", hint: LISTEN };
  if (isLoop || compressionRatio > 2.4 || goesRound(cue.text)) return { code: "repeated", message: "the same words again and again, as when a transcriber is caught in a loop", hint: LISTEN };
  if (isSound(cue.text)) return { code: "sound", message: "a sound, not speech", hint: "Leave it out, or keep it as a hint for the picture." };
  return undefined;
}

/** Indexes of cues that are the third or later in a row with the same words. */
export function findLoops(texts: readonly string[]): ReadonlySet<number> {
  const loops = new Set<number>();
  let before = "";
  let run = 0;
  for (const [index, text] of texts.entries()) {
    const letters = lettersOf(text);
    run = letters !== "" && letters === before ? run + 1 : 1;
    before = letters;
    if (run >= 3) loops.add(index);
  }
  return loops;
}

/** Whether a phrase of up to eight words is said at least five times in a row. */
function goesRound(text: string): boolean {
  const words = text.split(/\s+/).map(lettersOf).filter(Boolean);
  for (let period = 1; period <= 8; period++) {
    let run = 0;
    for (let at = period; at < words.length; at++) {
      run = words[at] === words[at - period] ? run + 1 : 0;
      if (run >= Math.max(4, period * 4)) return true;
    }
  }
  return false;
}

/** `[music]`, `(applause)`, `*laughs*`, `♪ ♪`: the whole cue. */
function isSound(text: string): boolean {
  return /^(?:\[[^\]]{1,60}\]|\([^)]{1,60}\)|\*[^*]{1,60}\*|[♪♫🎵🎶\s]+)[.\s]*$/u.test(text) || !/[\p{L}\p{N}]/u.test(text);
}
