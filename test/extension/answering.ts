import assert from "node:assert/strict";
import { Uri, window } from "vscode";
import { eventually } from "../support/eventually.ts";

/** A question as it was put. */
export interface Asked {
  readonly kind: "input" | "pick" | "warning" | "message" | "open";
  /** Message or title, and what stands below it. */
  readonly text: string;
  /** Buttons, or labels of the list. */
  readonly choices: readonly string[];
  /** What stands in the box already. */
  readonly suggested: string;
  /** What is wrong with what a person types; undefined where nothing is. */
  readonly wrong: (typed: string) => unknown;
}

interface Modal {
  readonly detail?: string;
}

interface Box {
  readonly title?: string;
  readonly prompt?: string;
  readonly placeHolder?: string;
  readonly value?: string;
  readonly validateInput?: (typed: string) => unknown;
}

export type Answer = string | Uri | undefined | ((asked: Asked) => string | undefined);

const BOXES = ["showInputBox", "showQuickPick", "showWarningMessage", "showInformationMessage", "showErrorMessage", "showOpenDialog"] as const;

/**
 * What a person answers, one after the other, instead of the real boxes. A typed text that its box
 * refuses fails, as it could not be sent off. @returns the questions
 */
export async function answering(answers: readonly Answer[], work: () => Thenable<unknown>): Promise<Asked[]> {
  const boxes = window as unknown as Record<(typeof BOXES)[number], unknown>;
  const before = Object.fromEntries(BOXES.map((name) => [name, boxes[name]]));
  const left = [...answers];
  const asked: Asked[] = [];
  const next = (question: Pick<Asked, "kind" | "text" | "choices"> & Partial<Asked>): string | Uri | undefined => {
    const whole = { suggested: "", wrong: () => undefined, ...question };
    asked.push(whole);
    const answer = left.shift();
    return typeof answer === "function" ? answer(whole) : answer;
  };
  const message = (kind: "warning" | "message") => async (text: string, ...rest: (Modal | string)[]) => {
    const detail = rest.flatMap((part) => (typeof part === "object" && part.detail ? [part.detail] : []));
    return next({ kind, text: [text, ...detail].join("\n"), choices: rest.filter((part) => typeof part === "string") });
  };
  boxes.showWarningMessage = message("warning");
  boxes.showErrorMessage = message("warning");
  boxes.showInformationMessage = message("message");
  boxes.showInputBox = async ({ title = "", prompt = "", value: suggested = "", validateInput = () => undefined }: Box) => {
    const typed = next({ kind: "input", text: `${title}\n${prompt}`, choices: [], suggested, wrong: validateInput });
    if (typeof typed === "string") assert.equal(validateInput(typed), undefined, `${title}: ${typed}`);
    return typed;
  };
  boxes.showQuickPick = async (items: readonly { label: string; description?: string }[], { title = "", placeHolder = "" }: Box) => {
    const label = next({ kind: "pick", text: `${title}\n${placeHolder}`, choices: items.map((item) => [item.label, item.description].filter(Boolean).join(" ")) });
    const chosen = items.find((item) => item.label === label);
    assert.ok(chosen || label === undefined, `${String(label)} is among ${items.map((item) => item.label).join(", ")}`);
    return chosen;
  };
  boxes.showOpenDialog = async ({ title = "" }: Box) => {
    const file = next({ kind: "open", text: title, choices: [] });
    return file instanceof Uri ? [file] : undefined;
  };
  try {
    await work();
    // What is offered at the end does not hold up the command.
    await eventually(() => assert.deepEqual(left, [], `every question was asked; these were: ${asked.map(({ text }) => text).join(" / ")}`));
    return asked;
  } finally {
    Object.assign(boxes, before);
  }
}

/** A question on one line: text, then buttons. */
export function words({ kind, text, choices }: Asked): string {
  const buttons = kind === "pick" || choices.length === 0 ? "" : ` [${choices.join(", ")}]`;
  return text.replace(/\s+/g, " ").trim() + buttons;
}
