import { isAbortError, SelectionError, StoryDirectorError } from "../core/errors.ts";
import { EXIT, printerFor, ProviderError, type CliHost } from "./host.ts";
import { bugLines, errorLines } from "./problemLines.ts";

/** Tells of an error on stderr. @returns the exit code for it */
export function reportFailure(error: unknown, host: CliHost): number {
  const { theme, print } = printerFor(host.stderr, host);
  if (isAbortError(error)) {
    print("Stopped.");
    return EXIT.interrupted;
  }
  if (error instanceof StoryDirectorError) {
    print(...errorLines(error, theme));
    return error instanceof SelectionError || error instanceof ProviderError ? EXIT.usage : EXIT.failed;
  }
  print(...bugLines(error, `story-director ${host.version}, Node ${process.version}, ${host.platform}`));
  return EXIT.failed;
}
