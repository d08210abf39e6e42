/** Environment variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where text goes. A terminal also has a size, and tells when it changes. */
export interface OutputStream extends NodeJS.WritableStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
}

/** What the other end of a stream can show. */
export interface Capabilities {
  /** Lines can be drawn over: a person looks at a terminal. */
  readonly live: boolean;
  readonly color: boolean;
  readonly unicode: boolean;
}

/**
 * Follows no-color.org, FORCE_COLOR as Node reads it, and TERM=dumb. A build server gets plain
 * lines even where it pretends to be a terminal.
 */
export function readCapabilities(stream: OutputStream, env: Environment, platform: NodeJS.Platform): Capabilities {
  const isTerminal = stream.isTTY === true && env["TERM"] !== "dumb";
  return {
    live: isTerminal && !isSet(env["CI"]),
    color: hasColor(env, isTerminal),
    unicode: hasUnicode(env, platform),
  };
}

function hasColor(env: Environment, isTerminal: boolean): boolean {
  if (env["NO_COLOR"]) return false;
  if (env["FORCE_COLOR"] !== undefined) return env["FORCE_COLOR"] !== "0" && env["FORCE_COLOR"] !== "false";
  return isTerminal;
}

/** A locale that is not set says nothing: containers have none, and their terminals know Unicode. */
function hasUnicode(env: Environment, platform: NodeJS.Platform): boolean {
  if (platform === "win32") return isSet(env["WT_SESSION"]) || env["TERM_PROGRAM"] === "vscode" || env["TERM"] === "xterm-256color";
  // The console of the Linux kernel has a font of 256 signs.
  if (env["TERM"] === "linux") return false;
  const locale = env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"];
  return !locale || /utf-?8/i.test(locale);
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "" && value !== "0" && value !== "false";
}
