/** Verbs that mean another one with a particle: `held out` is to give, `got up` is to stand. */
const PHRASAL: ReadonlyMap<string, string> = new Map(
  `do up:button|tie up:tie|hold out:give|stretch out:reach|pick up:pick|get up:stand|stand up:stand|jump up:stand|sit up:sit|sit down:sit|lie down:lie|kneel down:kneel|step out:come|come out:come
come in:come|go out:leave|go away:leave|walk away:leave|run away:run|step back:turn|turn away:turn|turn round:turn|turn around:turn|look up:look|put on:dress|put down:put|set down:put|lay down:put
take down:take|take out:take|take off:pull|pull out:take|get down:kneel|bend down:bend|write down:write|climb down:descend|scramble down:descend|wake up:wake|give up:sigh|set off:walk|go on:walk|wrap up:tie|fall asleep:sleep|cry out:shout|call out:shout|finish off:eat|blow out:blow`
    .split(/[|\n]/)
    .map((entry) => entry.split(":") as [string, string]),
);

/** The verb whose picture fits; the verb itself where the particle changes nothing. */
export function withParticle(verb: string, particle: string | undefined): string {
  return (particle && PHRASAL.get(`${verb} ${particle}`)) ?? verb;
}
