import assert from "node:assert/strict";
import { inspect } from "node:util";
import { ImageError } from "../../../../src/ai/images/imageFault.ts";
import { createOpenAiImages, type OpenAiImagesOptions } from "../../../../src/ai/openAiImages.ts";
import type { ImageMaker, ImageRequest, MadeImage } from "../../../../src/pipeline/ports.ts";
import { fakeModelServers } from "../../../support/fakeModelServer.ts";
import { inTurn, status, webPage, type FakeAnswer } from "../../../support/fakeModelServer/answers.ts";
import { draws, picture } from "../../../support/fakeModelServer/images.ts";
import { fakeTiming, KEY, waitUntil, type FakeTiming } from "../model/harness.ts";

const REQUEST: ImageRequest = { prompt: "One brass trumpet 🎺.", size: "1536x1024", quality: "low" };
const REFERENCE = { bytes: picture(9), type: "png" } as const;

describe("an image model behind a server", () => {
  const serve = fakeModelServers();

  describe("asked for a picture", () => {
    it("sends what is set, and nothing else", async () => {
      const server = await serve(() => draws());
      await maker({ baseUrl: server.baseUrl }).ask();
      await maker({ baseUrl: server.baseUrl }).ask({ prompt: "p" });
      assert.deepEqual(server.calls.map(({ method, path }) => `${method} ${path}`), ["POST /v1/images/generations", "POST /v1/images/generations"]);
      assert.deepEqual(server.calls[0]!.body, { model: "image-1", prompt: REQUEST.prompt, n: 1, size: "1536x1024", quality: "low", response_format: "b64_json" });
      assert.deepEqual(server.calls[1]!.body, { model: "image-1", prompt: "p", n: 1, response_format: "b64_json" });
      assert.equal(server.calls[0]!.headers["content-type"], "application/json");
      assert.equal(server.calls[0]!.headers.authorization, `Bearer ${KEY}`);
    });

    it("sends the reference as it is, as a form", async () => {
      const server = await serve(() => draws());
      await maker({ baseUrl: server.baseUrl }).ask({ ...REQUEST, reference: REFERENCE });
      const [{ path, body }] = server.calls as [(typeof server.calls)[number]];
      assert.equal(path, "/v1/images/edits");
      assert.deepEqual(body, {
        model: "image-1",
        prompt: REQUEST.prompt,
        n: "1",
        size: "1536x1024",
        quality: "low",
        response_format: "b64_json",
        image: { name: "reference.png", type: "image/png", bytes: new Uint8Array(REFERENCE.bytes) },
      });
    });

    it("gives the bytes, their type, the model and what it took", async () => {
      const server = await serve(() => draws());
      const { made } = await maker({ baseUrl: server.baseUrl }).ask();
      assert.deepEqual(made, { bytes: picture(), type: "png", model: "image-1", usage: { inputTokens: 60, outputTokens: 272, cachedInputTokens: 0, imageInputTokens: 10 } });
    });

    it("takes JPEG and WebP, data URLs, and an answer in pieces of two bytes", async () => {
      const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2]);
      const webp = new Uint8Array(Buffer.from("RIFF\x04\0\0\0WEBPVP8 "));
      const server = await serve(inTurn(draws({ bytes: jpeg }), draws({ bytes: webp }), draws({ encoded: `data:image/png;base64,${Buffer.from(picture()).toString("base64")}` }), draws({ bytesPerPiece: 2 })));
      const images = maker({ baseUrl: server.baseUrl });
      const types = [];
      for (let call = 0; call < 4; call++) types.push((await images.ask()).made?.type);
      assert.deepEqual(types, ["jpeg", "webp", "png", "png"]);
    });

    it("asks once more without what a server does not know, and no more after that", async () => {
      const server = await serve(({ body }) => ("response_format" in body ? status(400, { message: "Unknown parameter: 'response_format'.", param: "response_format", code: "unknown_parameter" }) : draws()));
      const images = maker({ baseUrl: server.baseUrl });
      const both = await Promise.all([images.ask(), images.ask()]);
      assert.deepEqual(both.map(({ error }) => error), [undefined, undefined]);
      const asked = server.calls.length;
      assert.equal((await images.ask()).error, undefined);
      assert.equal(server.calls.length, asked + 1);
    });
  });

  describe("tries again", () => {
    it("after 429, when the server says so, and lets all others wait, too", async () => {
      const server = await serve(inTurn(status(429, "slow down", { "retry-after": "7" }), draws()));
      const images = maker({ baseUrl: server.baseUrl });
      assert.equal((await images.ask()).made?.type, "png");
      assert.deepEqual(images.timing.sleeps, [7000]);
      assert.equal(server.calls.length, 2);
    });

    for (const [what, fault] of [
      ["500", status(500, "oops")],
      ["a dropped connection", { kind: "drop" }],
    ] as const satisfies readonly (readonly [string, FakeAnswer])[]) {
      it(`after ${what}, with a wait that doubles`, async () => {
        const server = await serve(inTurn(draws(), fault, fault, draws()));
        const images = maker({ baseUrl: server.baseUrl });
        await images.ask();
        assert.equal((await images.ask({ ...REQUEST, reference: REFERENCE })).error, undefined);
        assert.deepEqual(images.timing.sleeps, [750, 1500]);
      });
    }

    it("only once where the picture itself broke off, for it is paid for", async () => {
      const server = await serve(() => draws({ bytesPerPiece: 20, cutAfter: 2 }));
      const images = maker({ baseUrl: server.baseUrl });
      const error = imageError(await images.ask());
      assert.equal(error.concernsAll, true);
      assert.equal(server.calls.length, 2);
    });

    it("once after a silence, and then says so", async () => {
      const server = await serve(() => draws({ bytesPerPiece: 20, stallsAfter: 1 }));
      const images = maker({ baseUrl: server.baseUrl });
      const asked = images.ask();
      for (const call of [1, 2]) {
        // Two timers for each call, and one anew when the first bytes come.
        await waitUntil(() => images.timing.started.length === 3 * call);
        images.timing.fire();
      }
      const error = imageError(await asked);
      assert.deepEqual([error.fault, error.concernsAll, server.calls.length], ["stalled", false, 2]);
    });
  });

  describe("does not try again, and says what to do", () => {
    for (const [what, answer, told] of [
      ["a refused key", status(401, { message: `Incorrect API key provided: ${KEY}`, code: "invalid_api_key" }), { fault: "key refused", all: true, words: /did not accept the API key/, hint: /Set the key/ }],
      ["a spent quota", status(429, { message: "You exceeded your current quota", code: "insufficient_quota" }), { fault: "quota spent", all: true, words: /quota .* is spent/, hint: /credit/ }],
      ["a model that is not allowed", status(403, "Your organization must be verified"), { fault: "not allowed", all: true, words: /does not allow it/, hint: /key/ }],
      ["a server without images", { kind: "status", status: 404, body: "404 page not found", type: "text/plain" }, { fault: "not found", all: true, words: /makes no images: it has no http:.*\/v1\/images\/generations/, hint: /turn asset images off \(--no-images/ }],
      ["a server that says so with status 200", { kind: "status", status: 200, body: { error: "Unexpected endpoint or method. (POST /v1/images/generations)" } }, { fault: "not found", all: true, words: /makes no images/, hint: /--no-images/ }],
      ["a model that is not there", status(404, { message: "The model 'image-1' does not exist", code: "model_not_found" }), { fault: "not found", all: true, words: /asked for "image-1", did not find it/, hint: /--image-model/ }],
      ["a picture that is refused", status(400, { message: "Your request was rejected by the safety system.", type: "image_generation_user_error", code: "moderation_blocked" }), { fault: "rejected", all: false, words: /refuses to draw this: 400/, hint: /Reword the asset's description/ }],
      ["a size that the model does not make", status(400, { message: "Invalid size '7x7'", param: "size", code: "invalid_value" }), { fault: "rejected", all: true, words: /did not accept the request.*7x7/, hint: /another size/ }],
      ["another request that it does not take", status(400, "no"), { fault: "rejected", all: false, words: /did not accept the request/, hint: /another image model/ }],
      ["a prompt that is too long", status(413, "too large"), { fault: "rejected", all: false, words: /too large/, hint: /Shorten/ }],
      ["garbage instead of a picture", draws({ bytes: new TextEncoder().encode("<svg/>") }), { fault: "unreadable", all: false, words: /gave bytes that are no PNG, JPEG or WebP/, hint: /another image model/ }],
      ["what is no Base64", draws({ encoded: "%%%" }), { fault: "unreadable", all: false, words: /no PNG/, hint: /model/ }],
      ["the address of a picture", { kind: "status", status: 200, body: { data: [{ url: "http://127.0.0.1:1/x.png" }] } }, { fault: "unreadable", all: false, words: /gave the address of a picture/, hint: /comes along in the answer/ }],
      ["an empty answer", { kind: "status", status: 200, body: { data: [] } }, { fault: "unreadable", all: false, words: /gave no picture/, hint: /model/ }],
      ["a web page", webPage(), { fault: "unreadable", all: false, words: /gave an answer that is not JSON/, hint: /model/ }],
      ["a redirect", { kind: "status", status: 307, body: "", headers: { location: "http://127.0.0.1:1/v1/images/generations" } }, { fault: "redirected", all: true, words: /sends the request on/, hint: /base URL/ }],
    ] as const satisfies readonly (readonly [string, FakeAnswer, object])[]) {
      it(`after ${what}`, async () => {
        const server = await serve(() => answer);
        const images = maker({ baseUrl: server.baseUrl });
        const asked = await images.ask();
        const error = imageError(asked);
        assert.deepEqual([error.fault, images.images.isHopeless(error), server.calls.length], [told.fault, told.all, 1]);
        assert.match(error.message, told.words);
        assert.match(error.hint!, told.hint);
        assert.doesNotMatch(images.seen(asked), /canary|feathers/);
      });
    }

    it("after 404 of a picture that was to be drawn from another, which others need not be", async () => {
      const server = await serve(({ path }) => (path.endsWith("edits") ? status(404, "no such path") : draws()));
      const images = maker({ baseUrl: server.baseUrl });
      const error = imageError(await images.ask({ ...REQUEST, reference: REFERENCE }));
      assert.match(error.message, /draws nothing from a picture: it has no http:.*\/images\/edits/);
      assert.equal(images.images.isHopeless(error), false);
      assert.equal((await images.ask()).error, undefined);
    });

    it("where nobody answers", async () => {
      const images = maker({ baseUrl: "http://127.0.0.1:1/v1" });
      const error = imageError(await images.ask());
      assert.deepEqual([error.fault, error.concernsAll], ["unreachable", true]);
    });
  });

  it("has no end to wait for: an answer beyond any picture is given up", async function () {
    this.timeout(60_000);
    const megabyte = new Uint8Array(1024 * 1024).fill(0x41);
    const server = await serve(() => ({ kind: "raw", type: "application/json", parts: ['{"data":[{"b64_json":"', ...Array.from({ length: 97 }, () => megabyte)], staysOpen: true }));
    const error = imageError(await maker({ baseUrl: server.baseUrl }).ask());
    assert.match(error.message, /does not stop answering/);
  });

  it("stops at once when told to: before the answer, in the middle of it, and while it waits", async () => {
    for (const answer of [{ kind: "hang" }, draws({ bytesPerPiece: 20, stallsAfter: 1 })] as const satisfies readonly FakeAnswer[]) {
      const server = await serve(() => answer);
      const control = new AbortController();
      const asked = maker({ baseUrl: server.baseUrl }).ask(REQUEST, control.signal);
      await waitUntil(() => server.calls.length === 1);
      control.abort();
      assert.equal(((await asked).error as Error).name, "AbortError");
      await waitUntil(() => server.openAnswers === 0);
    }
    const stopped = new AbortController();
    stopped.abort();
    const server = await serve(() => draws());
    assert.equal(((await maker({ baseUrl: server.baseUrl }).ask(REQUEST, stopped.signal)).error as Error).name, "AbortError");
    assert.equal(server.calls.length, 0);
  });

  it("names provider and model, never the host or the key", () => {
    const images = (baseUrl?: string) => createOpenAiImages({ baseUrl, apiKey: KEY, model: "image-1" });
    assert.deepEqual([images().name, images("http://localhost:1").name], ["openai/image-1", "compatible/image-1"]);
    assert.throws(() => createOpenAiImages({ model: "m", apiKey: "a\nb" }), /characters that no key has/);
    assert.throws(() => images("ftp://x"), /base URL/);
  });
});

interface Asked {
  readonly made: MadeImage | undefined;
  readonly error: unknown;
}

interface TestMaker {
  readonly images: ImageMaker;
  readonly timing: FakeTiming;
  ask(request?: ImageRequest, signal?: AbortSignal): Promise<Asked>;
  /** Everything that anybody could have seen of it. */
  seen(asked: Asked): string;
}

function maker(options: Partial<OpenAiImagesOptions>): TestMaker {
  const timing = fakeTiming();
  const log: string[] = [];
  const note = (message: string) => void log.push(message);
  const images = createOpenAiImages({ model: "image-1", apiKey: KEY, timing, log: { info: note, error: note }, ...options });
  return {
    images,
    timing,
    ask: (request = REQUEST, signal = new AbortController().signal) =>
      images.make(request, signal).then(
        (made) => ({ made, error: undefined }),
        (error: unknown) => ({ made: undefined, error }),
      ),
    seen: (asked) => inspect([images, log, asked], { depth: 12, showHidden: true, maxStringLength: null }) + String(asked.error),
  };
}

function imageError({ error }: Asked): ImageError {
  if (!(error instanceof ImageError)) assert.fail(`no ImageError but ${inspect(error)}`);
  assert.ok(error.hint, "it says what to do");
  assert.equal(error.cause, undefined);
  return error;
}
