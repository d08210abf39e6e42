import { readFile } from "node:fs/promises";
import { hostname } from "node:os";

/** What tells one process from every other that ever ran. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** Changes when the computer starts anew; known on Linux only. */
  readonly bootId?: string | undefined;
  /** When the process began, in ticks since the computer did; tells a reused pid. Known on Linux only. */
  readonly processStarted?: string | undefined;
}

/** `elsewhere`: on another computer, where nobody can be asked whether it still runs. */
export type OwnerState = "alive" | "dead" | "elsewhere";

export async function currentProcess(): Promise<ProcessIdentity> {
  const [bootId, status] = await Promise.all([readBootId(), readProcess(process.pid)]);
  return { pid: process.pid, host: hostname(), bootId, processStarted: status?.started };
}

/** @param self The process that asks. */
export async function ownerState(owner: ProcessIdentity, self: ProcessIdentity): Promise<OwnerState> {
  if (owner.host !== self.host) return "elsewhere";
  if (owner.bootId !== undefined && self.bootId !== undefined && owner.bootId !== self.bootId) return "dead";
  if (!processExists(owner.pid)) return "dead";
  const status = await readProcess(owner.pid);
  if (status?.isOver) return "dead";
  const isOther = owner.processStarted !== undefined && status !== undefined && owner.processStarted !== status.started;
  return isOther ? "dead" : "alive";
}

function processExists(pid: number): boolean {
  try {
    // Signal 0 asks and sends nothing; EPERM means that somebody else's process is there.
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function readBootId(): Promise<string | undefined> {
  const text = await readSystemFile("/proc/sys/kernel/random/boot_id");
  return text?.trim() || undefined;
}

interface ProcessStatus {
  readonly started: string;
  /** Killed, but its parent has not taken note yet. */
  readonly isOver: boolean;
}

/** From /proc/<pid>/stat, man 5 proc: the state is field 3, the start field 22; a name in ( ) stands before both. */
async function readProcess(pid: number): Promise<ProcessStatus | undefined> {
  const text = await readSystemFile(`/proc/${pid}/stat`);
  if (text === undefined) return undefined;
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const started = fields[22 - 3];
  return started === undefined ? undefined : { started, isOver: fields[0] === "Z" || fields[0] === "X" };
}

async function readSystemFile(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch(() => undefined);
}
