import { posix } from "node:path";
import request from "supertest";
import { describe, expect, it } from "vitest";
import { inCircles, readSources, roomArrows } from "../scripts/rooms.mjs";
import { WIRE_FORMS } from "../src/core/tenant.ts";
import { type Mock, startMock } from "../src/mock.ts";
import { vendors } from "../src/vendors/index.ts";
import { exists, files, folders, onDisk, read } from "./support/repository.ts";
import {
  causesOf,
  isJson,
  type Json,
  operationsOf,
  readSpec,
  responsesOf,
  type SpecOperation,
  specNames,
  wordsIn,
} from "./support/specs.ts";

const NAMES = folders("src/vendors");
const SOURCES = files("src");

describe("a vendor", () => {
  it("is a folder of src/vendors and a line in its list", () => {
    expect(vendors.map(({ name }) => name).toSorted()).toEqual(NAMES.toSorted());
  });

  it.each(NAMES)("is one name in four places: %s", (name) => {
    for (const place of ["specs", "fixtures", "src/vendors", "test/vendors"]) {
      expect(files(`${place}/${name}`), `${place}/${name}`).not.toEqual([]);
    }
  });

  it.each(vendors)(
    "$name has a function for each operationId of its spec, and no other",
    (vendor) => {
      const ids = operationsOf(readSpec(vendor.name)).map(({ id }) => id);
      expect(Object.keys(vendor.operations).toSorted()).toEqual(ids.toSorted());
      expect(new Set(ids).size).toBe(ids.length);
    },
  );
});

describe.each(specNames)("provenance in specs/%s", (name) => {
  const document = readSpec(name);
  const operations = operationsOf(document);
  const named = ((document["info"] as Json)["x-sources"] ?? {}) as Record<string, Json>;
  const sources = Object.keys(named);
  const known = WIRE_FORMS.flatMap((wire) => wordsIn(name, wire));
  const WORDS = ["documented", "documented-old", "recorded", "observed", "assumed"];

  const expectGrounds = (basis: unknown, source: unknown, where: string): void => {
    const words = isJson(basis) ? Object.values(basis) : [basis];
    if (isJson(basis)) {
      for (const word of Object.keys(basis)) expect(known, where).toContain(word);
    }
    expect(words, where).not.toEqual([]);
    for (const word of words) expect(WORDS, where).toContain(word);
    expect(sources, where).toContain(source);
    // What a vendor wrote, or a tenant answered, can be looked up: at an address, or in a repository under a path.
    if (name !== "admin" && words.some((word) => word === "documented" || word === "recorded")) {
      const { url, place } = named[String(source)] ?? {};
      expect(`${url ?? place}`, `${where} ${source}`).toMatch(/^(https:\/\/|[\w.-]+\/[\w.-]+: )/);
    }
  };

  const expectResponses = (object: Json, where: string): void => {
    for (const [status, response] of responsesOf(object, document)) {
      const at = `${where} ${status}`;
      expectGrounds(response["x-basis"], response["x-source"], at);
      const causes = Object.entries((response["x-causes"] ?? {}) as Record<string, Json>);
      expect(causes, at).not.toEqual([]);
      for (const [cause, { basis, source }] of causes)
        expectGrounds(basis, source, `${at} ${cause}`);
    }
  };

  it.each(operations)(
    "$id, its responses, causes and behaviours have a basis and a source",
    ({ id, object }) => {
      expectGrounds(object["x-basis"], object["x-source"], id);
      expectResponses(object, id);
      for (const behaviour of (object["x-behaviours"] ?? []) as Json[]) {
        expectGrounds(behaviour["basis"], behaviour["source"], `${id} ${behaviour["id"]}`);
      }
    },
  );

  it("is there for the requests that match no operation", () => {
    expectResponses(document["x-unmatched"] as Json, "x-unmatched");
  });

  it.each(WIRE_FORMS)("covers what the server says to any request, %s form", (wire) => {
    for (const { id, object, requires } of operations) {
      const always = ["ok", "malformed", "too-large", ...(requires.length > 0 ? ["invalid"] : [])];
      expect(causesOf(object, document, wordsIn(name, wire)), id).toEqual(
        expect.arrayContaining(always),
      );
    }
    const unmatched = causesOf(document["x-unmatched"] as Json, document, wordsIn(name, wire));
    expect(unmatched).toEqual(expect.arrayContaining(["no-operation", "wrong-method"]));
  });
});

describe("the imports of the sources, those of types included", () => {
  const sources = readSources(onDisk("src"));

  it("lead from room to room without a circle", () => {
    const arrows = roomArrows(sources);
    expect([...arrows.keys()]).toContain("server/admin");
    expect(inCircles(arrows)).toEqual([]);
  });

  it("lead from file to file without a circle", () => {
    expect(sources.get("server/app.ts")?.imports).toContain("server/answer.ts");
    const arrows = new Map([...sources].map(([file, { imports }]) => [file, imports]));
    expect(inCircles(arrows)).toEqual([]);
  });
});

describe("a source file", () => {
  it.each(["src/core", "src/server", "src/contract", "src/cli"])(
    "of %s has no vendor's word",
    (folder) => {
      const words = new RegExp([...NAMES, "xdr"].join("|"), "gi");
      const found = files(folder).flatMap((file) =>
        [
          ...read(file)
            .replace(/fauxdr/gi, "")
            .matchAll(words),
        ].map(([word]) => `${file}: ${word}`),
      );
      expect(found).toEqual([]);
    },
  );

  const KEEPERS = ["src/core/clock.ts", "src/core/random.ts", "src/core/timers.ts"];
  const TIME =
    /\b(Date|performance|hrtime|setInterval|Math\.random|random(UUID|Bytes|Int)|getRandomValues)\b/;

  /** What a file's code says, line by line: comments may speak of time. */
  const lines = (file: string): string[] =>
    read(file)
      .split("\n")
      .filter((line) => !/^\s*(\/?\*|\/\/)/.test(line));

  it("takes time and chance from core/clock.ts and core/random.ts", () => {
    const found = SOURCES.filter((file) => !KEEPERS.includes(file)).flatMap((file) =>
      lines(file)
        .filter((line) => TIME.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );
    expect(found).toEqual([]);
  });

  it("uses no global timer: a test runner may have replaced it", () => {
    const found = SOURCES.flatMap((file) =>
      lines(file)
        .filter((line) => /(?<!timers\.)\b(set|clear)(Timeout|Interval|Immediate)\(/.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );
    expect(found).toEqual([]);
  });

  it("waits only in the shutdown, for a tenant's clock and for a shared store's lock", () => {
    const found = SOURCES.filter((file) => lines(file).some((line) => /\bsetTimeout\b/.test(line)));
    expect(found.toSorted()).toEqual([
      "src/core/clock.ts",
      "src/core/timers.ts",
      "src/server/shared/redis.ts",
      "src/server/wire/listen.ts",
    ]);
  });

  it.each(NAMES)("of the vendor %s imports its own folder and core only", (name) => {
    const found = files(`src/vendors/${name}`).flatMap((file) =>
      [...read(file).matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]*)"/g)]
        .map(([, specifier = ""]) => posix.join(posix.dirname(file), specifier))
        .filter((target) => !/^src\/(core|contract)\//.test(target))
        .filter((target) => !target.startsWith(`src/vendors/${name}/`))
        .map((target) => `${file}: ${target}`),
    );
    expect(found).toEqual([]);
  });

  it("has at most 250 lines", () => {
    const code = SOURCES.filter((file) => /\.tsx?$/.test(file));
    const long = code.map((file) => [file, read(file).trimEnd().split("\n").length] as const);
    expect(long.filter(([, length]) => length > 250)).toEqual([]);
  });
});

describe("an exported name", () => {
  /**
   * Each command has flags of its own, a vendor's list of cases is called what the library calls all cases, and the
   * data of a call is written by a probe and read by a rule. There are kinds of actions and kinds of names.
   */
  const SHARED = ["FLAGS", "Kind", "cases", "requestData"];
  const DECLARED = /^export (?:async )?(?:const|function\*?|class|interface|type) (\w+)/gm;
  const vendorOf = (file: string): string | undefined => /^src\/vendors\/(\w+)\//.exec(file)?.[1];

  it("has one meaning: a second file declares it only for another vendor", () => {
    const places = new Map<string, string[]>();
    // The inspector is a program of its own.
    for (const file of SOURCES.filter((one) => !one.startsWith("src/inspector/"))) {
      for (const [, name = ""] of read(file).matchAll(DECLARED)) {
        places.set(name, [...(places.get(name) ?? []), file]);
      }
    }
    expect(places.get("startMock")).toEqual(["src/mock.ts"]);
    const twice = [...places].filter(
      ([, found]) => new Set(found.map(vendorOf)).size < found.length || isMixed(found),
    );
    expect(twice.filter(([name]) => !SHARED.includes(name))).toEqual([]);
  });

  const isMixed = (found: readonly string[]): boolean =>
    found.length > 1 && found.some((file) => vendorOf(file) === undefined);
});

describe("a test file", () => {
  const FREE = [
    "samples",
    "support",
    "layout",
    "specs",
    "setup",
    "start",
    "readme",
    "stories",
    "bundle",
    "package",
    "examples",
    "inspector",
    "action",
    "fuzz",
    "security",
    "docs",
    // Programs of the README, while their test runs.
    "generated",
  ];

  it("mirrors a file of src", () => {
    const astray = files("test").filter((file) => {
      // The snapshots of a test are in a folder beside it.
      const [, place, test] = /^(.*)__snapshots__\/(.+)\.snap$/.exec(file) ?? [];
      if (test) return !exists(`${place}${test}`);
      const [first = ""] = file.slice("test/".length).split(/[/.]/);
      // `a/b.refusals.test.ts` is a part of `a/b.test.ts`.
      const [, mirrored] = /^test\/(.+?)(\.[a-z-]+)?\.test\.ts$/.exec(file) ?? [];
      return !FREE.includes(first) && !(mirrored && exists(`src/${mirrored}.ts`));
    });
    expect(astray).toEqual([]);
  });
});

describe.each(NAMES)("over a socket, every operation of %s", (name) => {
  const operations = operationsOf(readSpec(name));

  const ask = ({ method, path }: SpecOperation, { url }: Mock) =>
    request(url)[method](path.replace(/\{[^}]+\}/g, "x"));

  it("that is secured refuses calls without credentials", async () => {
    await using mock = await startMock();
    for (const operation of operations.filter(({ secured }) => secured)) {
      const { status } = await ask(operation, mock);
      const exchange = mock.journal.entries().at(-1);
      expect(exchange?.error).toBeUndefined();
      expect([exchange?.operation, exchange?.refusal?.kind, status]).toEqual([
        operation.id,
        "unauthenticated",
        401,
      ]);
    }
  });

  it("that needs a body refuses none, and one of the wrong shape", async () => {
    await using mock = await startMock();
    const [credential] = mock.credentials[name] ?? [];
    if (!credential) throw new Error(`${name} has no credentials`);
    const presented = vendors.find((vendor) => vendor.name === name)?.present(credential);
    for (const operation of operations) {
      for (const type of operation.requires) {
        const given = { ...presented, "content-type": type, "accept-encoding": "identity" };
        const empty = await ask(operation, mock).set(given).send("");
        expect([operation.id, seen(mock), empty.status < 400]).toEqual([
          operation.id,
          "malformed",
          false,
        ]);
        if (type !== "application/json") continue;
        const wrong = await ask(operation, mock).set(given).send('"text"');
        expect([operation.id, wrong.status < 400]).toEqual([operation.id, false]);
        expect(["not-an-object", "invalid"], operation.id).toContain(seen(mock));
      }
    }
  });
});

/** Why the newest request was refused; nothing where the refusal was a fault of our own. */
function seen(mock: Mock): string | undefined {
  const exchange = mock.journal.entries().at(-1);
  return exchange?.error ?? exchange?.refusal?.kind;
}
