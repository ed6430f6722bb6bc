import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { WIRE_FORMS } from "../src/core/tenant.ts";
import { startMock } from "../src/mock.ts";
import { vendors } from "../src/vendors/index.ts";
import { emptyDirectory } from "./support/directory.ts";
import { startServer } from "./support/process.ts";
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
  return operationsOf(document).flatMap(({ method, path, object, requires }) => {
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
      return bodies.map((body) => ({ ...to, headers: headers({ "content-type": type }), body }));
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
    // A stream of events goes on for as long as somebody listens.
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
