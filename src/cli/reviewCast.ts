import { addressOf, type DirectorChoice } from "../compose.ts";
import { rangesToPlan } from "../core/extractionPlan.ts";
import { EXIT, type CliHost } from "./host.ts";
import { chooseDirector } from "./provider.ts";
import { regenerate, type RegenerateArguments } from "./regenerate.ts";

const QUESTION = "\nGo on with the script (y), or stop here and go on later with the same command (n)? ";

/**
 * As `regenerate`, but where the rest is paid for and somebody sits at the terminal it waits after
 * Extract Assets, so that the cast can be looked through. Nothing is held meanwhile.
 */
export async function regenerateReviewed(args: RegenerateArguments, host: CliHost): Promise<number> {
  const { ask } = host;
  if (!ask || args.json || !isWhole(args) || !(await hasCastToReview(args, host))) return regenerate(args, host);
  const { request } = args;
  const code = await regenerate({ ...args, request: { ...request, script: false, images: false } }, host);
  if (code !== EXIT.done) return code;
  const answer = await ask(QUESTION, new AbortController().signal);
  return /^(?:y|yes)$/i.test(answer?.trim() ?? "") ? regenerate(args, host) : EXIT.done;
}

/** Who asks for certain segments, for the assets alone or for everything anew knows what is there. */
function isWhole({ request }: RegenerateArguments): boolean {
  return !request.segments && !request.all && request.script !== false;
}

/** Whatever is wrong here is told by the run itself. */
async function hasCastToReview({ folder, provider }: RegenerateArguments, host: CliHost): Promise<boolean> {
  try {
    const { choice } = chooseDirector(provider, host.env);
    if (!isPaid(choice)) return false;
    const { story } = await host.openStoryDirector({ folder }).outline();
    return rangesToPlan(story, false).length > 0;
  } catch {
    return false;
  }
}

/** A server on this machine costs nothing. */
function isPaid(choice: DirectorChoice): boolean {
  if (choice.provider === "offline") return false;
  return choice.provider === "vscode" || !addressOf(choice.baseUrl).isLoopback;
}
