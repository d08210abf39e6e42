import type { Finding, Form, ShownSource } from "../../vscode/wizard/protocol.ts";
import { checkbox } from "./checkbox.ts";
import { actionButton, element, linkButton, say } from "./dom.ts";
import { createField, type FieldView } from "./field.ts";
import { tell } from "./host.ts";
import { SoundCard } from "./soundCard.ts";

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** More findings than this are folded away. */
const MOST_OPEN_FINDINGS = 3;

interface SourceEvents {
  readonly onText: (text: string) => void;
  readonly onOwnWords: (text: string) => void;
  readonly onChoice: (choice: Pick<Form, "leaveOutDoubtful"> | Pick<Form, "keepTimeCodes"> | Pick<Form, "usesOwnWords">) => void;
}

/** Where the narration comes from: a file, or what is typed. */
export class SourceSection {
  readonly view: FieldView;
  readonly text: HTMLElementTagNameMap["vscode-textarea"];
  readonly #choose = actionButton("Choose a File…", "chooseFile", { secondary: false });
  readonly #empty: HTMLElement;
  readonly #chosen = element("div", { class: "chosen" });
  readonly #sound = new SoundCard();
  readonly #summary = element("p", { class: "summary", attributes: { role: "status" } });
  readonly #findings = element("div", { class: "findings" });
  readonly #ownWords: HTMLElementTagNameMap["vscode-textarea"];
  readonly #usesOwn: HTMLElementTagNameMap["vscode-checkbox"];
  readonly #own: HTMLElement;
  readonly #doubtful: HTMLElementTagNameMap["vscode-checkbox"];
  readonly #timeCodes: HTMLElementTagNameMap["vscode-checkbox"];

  constructor({ onText, onOwnWords, onChoice }: SourceEvents) {
    this.#ownWords = element("vscode-textarea", { class: "wide", attributes: { rows: "6", resize: "vertical", "data-name": "ownWords" } });
    this.#ownWords.label = "Narration in your own words";
    this.#ownWords.addEventListener("input", () => onOwnWords(this.#ownWords.value));
    this.#usesOwn = checkbox("Tell it in your own words", { attributes: { class: "uses-own-words", "data-name": "usesOwnWords" }, onChange: (usesOwnWords) => this.#useOwn(usesOwnWords, onChoice) });
    this.#own = element("div", { class: "own-words" }, [element("p", { class: "help", text: "The script that the voice was recorded from: the words are taken from here, their times from the file." }), this.#ownWords]);
    this.#doubtful = checkbox("", { attributes: { class: "doubtful", "data-name": "leaveOutDoubtful" }, onChange: (leaveOutDoubtful) => onChoice({ leaveOutDoubtful }) });
    this.#timeCodes = checkbox("", { attributes: { class: "doubtful", "data-name": "keepTimeCodes" }, onChange: (keepTimeCodes) => onChoice({ keepTimeCodes }) });
    this.text = element("vscode-textarea", { class: "wide", attributes: { rows: "6", resize: "vertical", placeholder: "Once, on the edge of the old square, a woman lifted a trumpet…", "data-name": "text" } });
    this.text.label = "Narration as text";
    this.text.addEventListener("input", () => onText(this.text.value));
    this.#empty = element("div", {}, [
      element("div", { class: "drop" }, [
        element("div", { class: "drop-words" }, [
          element("p", { class: "drop-title", text: "Drop a file here" }),
          element("p", { class: "drop-hint", text: "Subtitles (.srt, .vtt), a transcript with times (Whisper and others), plain text, or a recording (MP3, WAV and others). From VS Code’s explorer, hold Shift while you drop." }),
        ]),
        this.#choose,
      ]),
      element("p", { class: "or", text: "or write or paste the narration" }),
      this.text,
    ]);
    const body = element("div", {}, [this.#empty, this.#chosen, this.#sound.root, this.#summary, this.#findings, this.#usesOwn, this.#own, this.#timeCodes, this.#doubtful]);
    this.view = createField("source", { label: "Narration", body, controls: [this.#choose, this.#sound.transcribe], entries: () => [this.#choose, ...this.#sound.buttons, this.#another] });
  }

  /** The way to another file than the chosen one. */
  get #another(): HTMLElement | null {
    return this.#chosen.querySelector<HTMLElement>("[data-name=chooseAnother]");
  }

  show(source: ShownSource | undefined): void {
    const isFile = source?.kind === "file";
    this.#empty.hidden = isFile;
    this.#chosen.hidden = !isFile;
    if (isFile) {
      this.#chosen.replaceChildren(
        element("span", { class: "file-name", text: source.name }),
        source.canShow ? linkButton("Show", () => tell({ type: "action", action: "showSource" }), "showSource") : "",
        linkButton("Choose Another…", () => tell({ type: "action", action: "chooseFile" }), "chooseAnother"),
        linkButton("Remove", () => tell({ type: "action", action: "clearSource" }), "clearSource"),
      );
    }
    this.#sound.show(source?.sound);
    say(this.#summary, source?.summary ?? "");
    const doubtful = source?.doubtful ?? 0;
    this.#doubtful.hidden = doubtful === 0;
    this.#doubtful.label = doubtful === 1 ? "Leave out the one that may be no narration" : `Leave out the ${doubtful} that may be no narration`;
    this.#usesOwn.hidden = !source?.takesWords;
    this.#showOwn();
    this.#timeCodes.hidden = source?.timeCode === undefined;
    this.#timeCodes.label = `Keep the ${source?.timeCode ?? ""} without words at the start`;
    this.#showFindings(source?.findings ?? [], source?.canShow ?? false);
  }

  showForm({ leaveOutDoubtful, keepTimeCodes = false, ownWords = "", usesOwnWords = false }: Form): void {
    if (this.#ownWords.value !== ownWords) this.#ownWords.value = ownWords;
    this.#usesOwn.checked = usesOwnWords;
    this.#showOwn();
    this.#timeCodes.checked = keepTimeCodes;
    this.#doubtful.checked = leaveOutDoubtful;
  }

  #useOwn(usesOwnWords: boolean, onChoice: SourceEvents["onChoice"]): void {
    this.#showOwn();
    if (usesOwnWords) this.#ownWords.focus();
    onChoice({ usesOwnWords });
  }

  #showOwn(): void {
    this.#own.hidden = this.#usesOwn.hidden || !this.#usesOwn.checked;
  }

  #showFindings(findings: readonly Finding[], canShow: boolean): void {
    const list = element("ul", {}, findings.map((finding) => this.#finding(finding, canShow)));
    if (findings.length <= MOST_OPEN_FINDINGS) this.#findings.replaceChildren(...(findings.length ? [list] : []));
    else this.#findings.replaceChildren(element("details", {}, [element("summary", { text: `${findings.length} things to know about this file` }), list]));
  }

  #finding({ severity, message, hint, line }: Finding, canShow: boolean): HTMLElement {
    const place = line === undefined ? "" : `Line ${line}`;
    const text = [sentence(message), hint].filter(Boolean).join(" ");
    const open = () => tell({ type: "action", action: "showSource", line: Math.max(0, (line ?? 1) - 1) });
    return element("li", { class: severity }, [place && canShow ? linkButton(place, open, "showLine") : place, place ? ": " : "", text]);
  }
}
