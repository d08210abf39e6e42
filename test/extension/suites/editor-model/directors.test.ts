import assert from "node:assert/strict";
import { createLlmDirector } from "../../../../src/ai/llmDirector.ts";
import { createTextLanguageModel } from "../../../../src/ai/text/textLanguageModel.ts";
import { findTextModel } from "../../../../src/vscode/models/chatModels.ts";
import { directorSuite } from "../../../support/directorSuite.ts";
import { eventually } from "../../../support/eventually.ts";
import { answerWell, testModels } from "../../testModels.ts";

const log = { info: () => undefined, error: () => undefined };

// The very contract that the other directors keep, through VS Code's own interface.
directorSuite("with a model that VS Code has", async () => {
  const models = await testModels();
  models.answerWith(answerWell);
  // VS Code knows them some time after they were registered.
  const director = await eventually(async () => {
    const found = await findTextModel("story-director-test/storyteller-1");
    assert.ok(found, "the test's models are not there");
    return found;
  });
  return { director: createLlmDirector({ model: createTextLanguageModel({ director, log }), log }) };
});
