import * as fc from "fast-check";

/**
 * In CI every property is tried with the same cases, so that a change is judged by what it changes.
 * At a desk they are new ones each time: that is where rare cases are found.
 */
if (process.env["CI"]) fc.configureGlobal({ seed: 20_261_122 });
