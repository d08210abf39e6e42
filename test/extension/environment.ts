/** What the runner tells the code inside the extension host, by environment variables. */
export interface TestEnvironment {
  /** The folder of the bundled tests of one suite. */
  readonly testsFolder: string;
  /** Where to write a TestResult, as JSON. */
  readonly resultFile: string;
}

export interface TestResult {
  readonly passed: number;
  readonly failed: number;
  /** For people. */
  readonly report: string;
}

const NAMES = { testsFolder: "STORY_DIRECTOR_TESTS", resultFile: "STORY_DIRECTOR_TEST_RESULT" } as const;

export function toEnvironment(values: TestEnvironment): Record<string, string> {
  return { [NAMES.testsFolder]: values.testsFolder, [NAMES.resultFile]: values.resultFile };
}

export function fromEnvironment(environment: NodeJS.ProcessEnv): TestEnvironment {
  const value = (name: string) => {
    const found = environment[name];
    if (!found) throw new Error(`${name} is not set: these tests are started by scripts/host-tests.mjs.`);
    return found;
  };
  return { testsFolder: value(NAMES.testsFolder), resultFile: value(NAMES.resultFile) };
}
