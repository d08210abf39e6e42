import type { FakeBody } from "../fakeModelServer.ts";
import type { FakeAnswer } from "./answers.ts";

/** Seconds and a sentence. */
export type HeardSentence = readonly [start: number, end: number, text: string];

/** An answer of the audio API with what it was asked for: times of words and sentences, speakers, or the text alone. */
export function hears(sentences: readonly HeardSentence[], body: FakeBody, usage?: object): FakeAnswer {
  const text = sentences.map(([, , sentence]) => sentence).join(" ");
  const duration = sentences.at(-1)?.[1] ?? 0;
  const asked = [body["timestamp_granularities[]"] ?? "segment"].flat();
  const segments = sentences.map(([start, end, sentence], id) => ({ id, start, end, text: ` ${sentence}`, no_speech_prob: 0.01, avg_logprob: -0.2, compression_ratio: 1.2 }));
  const told = (answer: object): FakeAnswer => ({ kind: "status", status: 200, body: answer });
  switch (body["response_format"]) {
    case "verbose_json":
      return told({ task: "transcribe", language: "english", duration, text, ...(asked.includes("segment") && { segments }), ...(asked.includes("word") && { words: sentences.flatMap(wordsOf) }) });
    case "diarized_json":
      return told({ task: "transcribe", duration, text, segments: sentences.map(([start, end, sentence], index) => ({ type: "transcript.text.segment", id: `seg_${index}`, start, end, text: sentence, speaker: index % 2 ? "B" : "A" })) });
    default:
      return told({ text, ...(usage && { usage }) });
  }
}

/** The words of a sentence, each as long as any other. */
function wordsOf([start, end, sentence]: HeardSentence) {
  const words = sentence.split(" ");
  const each = (end - start) / words.length;
  return words.map((word, index) => ({ word: word.replace(/[.,]$/, ""), start: start + index * each, end: start + (index + 1) * each }));
}
