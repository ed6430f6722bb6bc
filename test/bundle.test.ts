import { execFile } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { lodash } from "../scripts/left-out.mjs";
import { WIRE_FORMS } from "../src/core/tenant.ts";
import { startMock } from "../src/mock.ts";
import { vendors } from "../src/vendors/index.ts";
import { emptyDirectory } from "./support/directory.ts";
import { startServer } from "./support/process.ts";
import { isAll, leaveToAll } from "./support/programs.ts";
import { onDisk } from "./support/repository.ts";
import { follow, isJson, type Json, operationsOf, readSpec, specNames } from "./support/specs.ts";

const CLOCK = "2026-01-31T12:00:00.000Z";

interface Ask {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

/** Every operation of a document with the bodies that it shows, with bodies that are refused, and without credentials. */
async function asksOf(name: string): Promise<Ask[]> {
  const document = readSpec(name);
  const presented = await presentedTo(name);
  const headers = (more: Record<string, string>) => ({ ...presented, ...more });
  return operationsOf(document).flatMap(({ method, path, object, requires }, place) => {
    const { content = {} } = follow(object["requestBody"] ?? {}, document);
    const to = { method: method.toUpperCase(), path: path.replace(/\{[^}]+\}/g, "x") };
    if (requires.length === 0)
      return [
        { ...to, headers: headers({}) },
        { ...to, headers: {} },
      ];
    return Object.entries(content as Record<string, Json>).flatMap(([type, media]) => {
      const named = Object.values((media["examples"] ?? {}) as Record<string, Json>);
      const shown = [media["example"], ...named.map(({ value }) => value)].filter(isJson);
      const bodies = [...shown.map((value) => JSON.stringify(value)), '{"a":', '"text"', "{}", ""];
      // `npm test` takes each third, and not the same ones of every operation.
      const chosen = bodies.filter((_, nth) => isAll || (nth + place) % 3 === 0);
      return chosen.map((body) => ({ ...to, headers: headers({ "content-type": type }), body }));
    });
  });
}

/** The headers that show a vendor's first credential; none for the control API. */
async function presentedTo(name: string): Promise<Readonly<Record<string, string>>> {
  await using mock = await startMock();
  const [credential] = mock.credentials[name] ?? [];
  const vendor = vendors.find((one) => one.name === name);
  return (credential && vendor?.present(credential)) ?? {};
}

async function answers(url: string, asks: readonly Ask[]): Promise<unknown[]> {
  const given = [];
  for (const { path, ...ask } of asks) {
    const response = await fetch(url + path, ask);
    const headers = [...response.headers].filter(
      ([name]) => !/^(keep-alive|connection)$/.test(name),
    );
    // A stream of events does not end while it is read.
    const isStream = response.headers.get("content-type") === "text/event-stream";
    const text = isStream ? "" : await response.text();
    if (isStream) await response.body?.cancel();
    given.push([ask.method, path, response.status, headers, text.replaceAll(url, "http://mock")]);
  }
  return given;
}

describe("what was built", () => {
  it.each(specNames.flatMap((name) => WIRE_FORMS.map((wire) => [name, wire] as const)))(
    "answers every operation of %s as the sources do, in the %s form",
    async (name, wire) => {
      if (wire !== "document") leaveToAll("time for the built product in both wire forms");
      await using source = await startMock({ wire, clock: CLOCK });
      const flags = ["--port", "0", "--log", "none", "--wire", wire, "--clock", CLOCK];
      await using built = await startServer(flags);
      const asks = await asksOf(name);
      const expected = await answers(source.url, asks);
      expect(await answers(built.url, asks)).toEqual(expected);
      expect(JSON.stringify(expected)).not.toContain("x-fauxdr-error");
    },
  );
});

describe("a package that is left out", () => {
  const run = (...args: string[]): Promise<{ stdout: string }> =>
    promisify(execFile)(process.execPath, args);

  /** Bundles a program that lies among the sources, as it were, into an empty folder. */
  async function bundled(program: string): Promise<string> {
    const folder = emptyDirectory();
    writeFileSync(`${folder}/program.mjs`, program);
    const call = `await bundle([${JSON.stringify(`${folder}/program.mjs`)}], ${JSON.stringify(`${folder}/out`)})`;
    await run(
      "--input-type=module",
      "-e",
      `import { bundle } from "./scripts/bundle.mjs"; ${call}`,
    );
    return `${folder}/out/program.js`;
  }

  it("stops the build where somebody else asks for it", async () => {
    await expect(bundled('import "qs";')).rejects.toThrow(
      /program\.mjs asks for qs, which is left out for others: see scripts\/left-out\.mjs/,
    );
  });

  it("says its name when it is called all the same", async () => {
    const express = JSON.stringify(onDisk("node_modules/express/index.js"));
    const program = await bundled(`import express from ${express}; express.json();`);
    await expect(run(program)).rejects.toThrow(
      "body-parser is left out of fauxdr: see scripts/left-out.mjs",
    );
  });
});

describe("the stand-in for lodash", () => {
  type Functions = Readonly<Record<string, (...args: unknown[]) => unknown>>;
  const real = createRequire(import.meta.url)("lodash") as Functions;
  const module = { exports: {} as Functions };
  new Function("module", lodash("lodash"))(module);
  const { chain, ...rest } = module.exports;

  it("has every function that openapi-backend calls", () => {
    const folder = onDisk("node_modules/openapi-backend");
    const sources = readdirSync(folder).filter((name) => name.endsWith(".js"));
    const called = sources.flatMap((name) =>
      [...readFileSync(`${folder}/${name}`, "utf8").matchAll(/\b_\.(\w+)/g)].map(
        ([, word]) => word,
      ),
    );
    expect(called.length).toBeGreaterThan(20);
    expect(Object.keys(module.exports)).toEqual(expect.arrayContaining([...new Set(called)]));
  });

  it.each<[string, readonly unknown[]]>([
    ["entries", [{ a: 1, b: 2 }]],
    ["entries", [undefined]],
    ["includes", [["a", "b"], "b"]],
    ["includes", [["a", "b"], "c"]],
    ["isEmpty", [{}]],
    ["isEmpty", [{ a: undefined }]],
    ["isEmpty", [[]]],
    ["isEmpty", [[0]]],
    ["isEmpty", [undefined]],
    ["isEmpty", [null]],
    ["mapKeys", [{ A: 1, B: 2 }, (value: unknown, key: string) => `${key.toLowerCase()}${value}`]],
    ["mapKeys", [undefined, String]],
    ["pick", [{ get: 1, other: 2, delete: 3 }, ["delete", "post", "get"]]],
    ["uniq", [["b", "a", "b"]]],
  ])("%s does what lodash does with %j", (name, args) => {
    const made = rest[name]?.(...args);
    expect(made).toEqual(real[name]?.(...args));
    expect(JSON.stringify(made)).toBe(JSON.stringify(real[name]?.(...args)));
  });

  it("chains as lodash does: the longest first, and of equal ones the first", () => {
    const paths = { "/a": ["get"], "/abc": ["get", "put"], "/abd": ["put"] };
    const found = (of: unknown): unknown => {
      // biome-ignore lint/suspicious/noExplicitAny: the chain of lodash has no simple type
      const start = (of as any)(paths);
      return start
        .entries()
        .flatMap(([path, methods]: [string, string[]]) =>
          methods.map((method) => ({ path, method })),
        )
        .orderBy(({ path }: { path: string }) => path.length, "desc")
        .find(({ method }: { method: string }) => method === "put")
        .value();
    };
    expect(found(chain)).toEqual({ path: "/abc", method: "put" });
    expect(found(chain)).toEqual(found(real["chain"]));
  });

  it.each(["cloneDeep", "get", "omitBy"])("%s says its name when it is called", (name) => {
    expect(() => rest[name]?.({})).toThrow(
      "lodash is left out of fauxdr: see scripts/left-out.mjs",
    );
  });
});
