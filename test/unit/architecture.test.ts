import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, normalize, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const SOURCES = fileURLToPath(new URL("../../src", import.meta.url));

interface Law {
  /** Rooms (or files of the top level) that may be imported from. */
  readonly rooms: readonly string[];
  /** Rooms of which only types may be imported. */
  readonly types?: readonly string[];
  /** Single files of other rooms. */
  readonly files?: readonly string[];
  readonly packages?: readonly string[];
  readonly node?: true;
}

const LAWS: Readonly<Record<string, Law>> = {
  core: { rooms: [], packages: ["zod", "yaml", "@noble/hashes", "any-ascii"] },
  pipeline: { rooms: ["core"], packages: ["p-limit", "zod"] },
  progress: { rooms: ["core"], types: ["pipeline"] },
  ai: { rooms: ["core"], types: ["pipeline"], packages: ["compromise", "zod", "openai"] },
  import: { rooms: ["core"], types: ["pipeline"], packages: ["fast-xml-parser", "zod"] },
  spending: { rooms: ["core"], types: ["pipeline", "progress"] },
  story: { rooms: ["core"], types: ["pipeline"], node: true },
  cli: { rooms: ["core", "progress", "spending", "import", "compose.ts"], types: ["pipeline"], packages: ["commander", "picocolors", "log-update", "string-width", "cli-truncate"], node: true },
  vscode: { rooms: ["core", "progress", "spending"], types: ["pipeline", "import", "compose.ts"], packages: ["vscode", "zod"] },
  webview: { rooms: ["core"], files: ["vscode/wizard/protocol.ts"], packages: ["@vscode-elements/elements"] },
  "extension.ts": { rooms: ["vscode"], packages: ["vscode"] },
  compose: { rooms: ["core", "pipeline", "progress", "spending", "ai", "import", "story"], node: true },
  "compose.ts": { rooms: ["compose", "core", "pipeline", "progress", "spending", "ai", "import", "story"], node: true },
};

interface Import {
  readonly file: string;
  readonly from: string;
  readonly isType: boolean;
}

const IMPORT = /^(?:import|export)\s+(type\s+)?(?:([^"';]*?)\s+from\s+)?["']([^"']+)["']/gm;

describe("the house", () => {
  const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const imports = files.flatMap(importsOf);

  it("has a law for every room", () => {
    const rooms = new Set(files.map((file) => file.split(sep)[0]!));
    assert.deepEqual([...rooms].sort(), Object.keys(LAWS).sort());
  });

  for (const [room, law] of Object.entries(LAWS)) {
    it(`lets ${room} import only what its law allows`, () => {
      const breaches = imports.filter(({ file }) => file.split(sep)[0] === room).filter((entry) => !isAllowed(entry, room, law));
      assert.deepEqual(breaches, []);
    });
  }

  it("is described on a page that can be read at once", () => {
    const lines = readFileSync(join(SOURCES, "README.md"), "utf8").trimEnd().split("\n");
    assert.ok(lines.length <= 80, `${lines.length} lines`);
  });

  it("keeps the tables of other scripts out of what VS Code loads at once", () => {
    const users = imports.filter(({ from }) => from.endsWith("/freeIds.ts")).map(({ file }) => file.split(sep)[0]!);
    assert.deepEqual([...new Set(users)].sort(), ["ai", "compose.ts"]);
  });

  it("has two dynamic imports: the engine and the model, loaded on first use", () => {
    const dynamic = files.filter((file) => /\bimport\s*\(/.test(readFileSync(join(SOURCES, file), "utf8")));
    assert.deepEqual(dynamic.sort(), [join("compose", "makers.ts"), "extension.ts"]);
  });
});

function importsOf(file: string): Import[] {
  const text = readFileSync(join(SOURCES, file), "utf8");
  return [...text.matchAll(IMPORT)].map(([, type, names = "", from]) => ({ file, from: from!, isType: Boolean(type) || isTypeList(names) }));
}

/** `{ type A, type B }` */
function isTypeList(names: string): boolean {
  const list = /^\{([^}]*)\}$/.exec(names.trim())?.[1];
  return list !== undefined && list.split(",").filter((name) => name.trim()).every((name) => name.trim().startsWith("type "));
}

function isAllowed({ file, from, isType }: Import, room: string, law: Law): boolean {
  if (from.startsWith("node:") || builtinModules.includes(from)) return law.node === true;
  if (!from.startsWith(".")) return (law.packages ?? []).some((name) => from === name || from.startsWith(`${name}/`));
  const path = relative(SOURCES, normalize(join(SOURCES, dirname(file), from)));
  const target = path.split(sep)[0]!;
  if (law.files?.includes(path.replaceAll(sep, "/"))) return true;
  return target === room || law.rooms.includes(target) || (isType && (law.types ?? []).includes(target)) || target === "..";
}
