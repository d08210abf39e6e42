import { ProgressLocation, window, workspace, type Uri } from "vscode";
import type { Transcript } from "../../import/transcript.ts";
import type { App } from "../app.ts";
import { findEar, requireHeard, type Ear, type HearOptions } from "../models/ears.ts";
import { modelSettings } from "../models/userSettings.ts";
import { hearingQuestion, type TakeRecording } from "../timing/hearingQuestion.ts";

const TRANSCRIBE = "Transcribe";

type Hearing = Omit<HearOptions, "signal">;

/**
 * Has a recording transcribed, once a person knows by whom and agrees. What was heard in it a moment
 * ago is not sent again.
 * @returns undefined where a person would rather not, or stopped it
 * @throws {StoryDirectorError} where it cannot be transcribed
 */
export async function hearTake(app: App, recording: TakeRecording & { readonly file: Uri }, hearing: Hearing): Promise<Transcript | undefined> {
  const { name, format, seconds, file } = recording;
  const ear = await findEar({ what: `${name} is ${format.name}`, seconds }, { settings: modelSettings(), choose: () => app.models.choose(), engine: await app.models.loadEngine(), log: app.log });
  const { mtime, size } = await workspace.fs.stat(file);
  const key = [file.toString(), mtime, size, ear.told, hearing.language].join("\n");
  const known = app.heardTakes.find(key);
  if (known) return known;
  const { message, detail } = hearingQuestion(recording, ear);
  if ((await window.showInformationMessage(message, { modal: true, detail }, TRANSCRIBE)) !== TRANSCRIBE) return undefined;
  app.log.info(`${name} is sent to ${ear.told}`);
  const transcript = await transcribe(recording, hearing, ear);
  if (transcript) app.heardTakes.keep(key, transcript);
  return transcript;
}

/** Under a notification that can stop it. */
async function transcribe({ name, bytes }: TakeRecording, hearing: Hearing, ear: Ear): Promise<Transcript | undefined> {
  const control = new AbortController();
  const { signal } = control;
  const shown = { location: ProgressLocation.Notification, title: `Transcribing ${name} by ${ear.told}`, cancellable: true };
  return window.withProgress(shown, async (_progress, { onCancellationRequested }) => {
    const listening = onCancellationRequested(() => control.abort());
    try {
      const narration = await ear.hear({ name, bytes }, { ...hearing, signal });
      return signal.aborted ? undefined : requireHeard(narration, name).transcript;
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    } finally {
      listening.dispose();
    }
  });
}
