import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { promisify } from "node:util";
import SwaggerParser from "@apidevtools/swagger-parser";
import express, { type ErrorRequestHandler, type Express, type Response } from "express";
import OpenApiValidator from "express-openapi-validator";
import request from "supertest";
import { describe, expect, it } from "vitest";
import { readSpec as readYaml } from "../scripts/read-spec.mjs";
import { WIRE_FORMS } from "../src/core/tenant.ts";
import { createAdmin } from "../src/server/admin/service.ts";
import { loadApi } from "../src/server/spec/api.ts";
import { createTenants } from "../src/server/tenants.ts";
import { readSettings } from "../src/settings/read.ts";
import { vendors } from "../src/vendors/index.ts";
import { isAll, leaveToAll } from "./support/programs.ts";
import { read } from "./support/repository.ts";
import {
  causesIn,
  type Example,
  examplesOf,
  isJson,
  type Json,
  operationsOf,
  readSpec,
  specNames,
  specOnDisk,
  wordsIn,
} from "./support/specs.ts";

const require = createRequire(import.meta.url);
const REDOCLY = require.resolve("@redocly/cli/bin/cli.js");

const tenants = await createTenants(vendors, readSettings([]));
const services = [
  ...vendors,
  createAdmin({
    vendors,
    tenants,
    version: "0.0.0",
    readTenantSettings: () => ({}),
    watch: () => () => {},
    foreign: () => undefined,
    judge: async () => [],
    verdict: async () => ({ verdict: "inconclusive", requests: 0, findings: [] }),
  }),
];

it("Redocly has no complaint under its recommended rules", async () => {
  leaveToAll("time for Redocly");
  const args = ["lint", ...specNames.map(specOnDisk), "--extends=recommended", "--format=json"];
  const lint = promisify(execFile)(process.execPath, [REDOCLY, ...args]);
  // It answers with one JSON text for each document, and with an exit code where it complains.
  const { stdout }: { stdout: string } = await lint.catch((error) => error);
  const reports = stdout.split(/(?<=^\})/m).filter((report) => report.trim() !== "");
  const problems = reports.map((report) => JSON.parse(report).problems);
  expect(problems).toEqual(specNames.map(() => []));
});

describe.each(specNames)("specs/%s", (name) => {
  const document = readSpec(name);
  const operations = operationsOf(document);

  it("is read by the server without its prose, and with everything else", () => {
    const served = JSON.parse(read(`specs/${name}/openapi.json`));
    expect(document).toEqual(readYaml(name));
    expect(namesIn(served)).toEqual(namesIn(document));
    expect(JSON.stringify(served)).not.toMatch(/"(x-note|x-source|examples?|summary)":/);
  });

  it("is valid for swagger-parser", async () => {
    const { paths } = await SwaggerParser.validate(specOnDisk(name));
    expect(Object.keys(paths ?? {})).toEqual(Object.keys(document["paths"] as Json));
  });

  it("is a contract that express-openapi-validator holds requests to", async () => {
    const app = judged({ apiSpec: specOnDisk(name) }, (res) => res.status(204).end());
    expect((await request(app).get("/no/such/path")).status).toBe(404);
    for (const { id, method, path, secured } of operations) {
      const { status } = await request(app)[method](concrete(path));
      // The control API's only credential is the Host header, which every request has.
      if (secured && name !== "admin") expect([id, status]).toEqual([id, 401]);
      else expect([id, status]).not.toEqual([id, 404]);
    }
  });

  // The validator takes long for each operation, and longer beside other work.
  it("has examples that express-openapi-validator lets pass, and nothing else", {
    timeout: 300_000,
  }, async () => {
    let answer: Pick<Example, "status" | "value">;
    const replies = {
      apiSpec: specOnDisk(name),
      validateRequests: false,
      validateSecurity: false,
      validateResponses: true,
    };
    const app = judged(replies, (res) => res.status(answer.status).json(answer.value));
    // It takes long to compile an operation, and Redocly looks into all examples as well.
    for (const { id, method, path, object } of operations.filter(
      (_, nth) => isAll || nth % 10 === 0,
    )) {
      const ask = () => request(app)[method](concrete(path));
      for (const example of examplesOf(object, document)) {
        // JSON is all it looks into.
        if (example.mediaType !== "application/json") continue;
        answer = example;
        const { status, text } = await ask();
        const sent = [id, example.at, example.status, JSON.stringify(example.value)];
        expect([id, example.at, status, text]).toEqual(sent);
        // It never checks server errors, nor objects that allow more members.
        if (!isJson(answer.value) || answer.status >= 500 || example.isOpen) continue;
        answer = { ...example, value: { ...answer.value, surprise: true } };
        expect([id, example.at, (await ask()).text]).toEqual([id, example.at, "off the document"]);
      }
    }
  });

  it.each(WIRE_FORMS)("has examples that are replies of ours, %s form", async (wire) => {
    const service = services.find((candidate) => candidate.name === name);
    if (!service) throw new Error(`nothing serves specs/${name}`);
    const api = await loadApi(service, { wire });
    const words = wordsIn(name, wire);
    const unmatched = { id: undefined, object: document["x-unmatched"] as Json };
    for (const { id, object } of [...operations, unmatched]) {
      for (const example of examplesOf(object, document)) {
        if (example.wire !== undefined && !words.includes(example.wire as string)) continue;
        const { status, mediaType: contentType, value } = example;
        const content = contentType === "application/json" ? { value } : { text: String(value) };
        for (const cause of causesIn(example.causes, words)) {
          api.check(id, { status, headers: {}, contentType, cause, ...content });
        }
      }
    }
  });
});

/** The names that a document gives to paths, properties, causes and the like. */
function namesIn(value: unknown, key = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => namesIn(item));
  if (!isJson(value)) return [];
  const named = ["paths", "content", "properties", "schemas", "responses", "x-causes"];
  const own = named.includes(key) ? Object.keys(value).map((name) => `${key} ${name}`) : [];
  const inside = Object.entries(value).filter(([name]) => !name.startsWith("example"));
  return [...own, ...inside.flatMap(([name, child]) => namesIn(child, own.length > 0 ? "" : name))];
}

const concrete = (path: string): string => path.replace(/\{[^}]+\}/g, "x");

/** A server in front of which the validator stands. */
function judged(
  options: Parameters<typeof OpenApiValidator.middleware>[0],
  answer: (res: Response) => void,
): Express {
  const app = express();
  app.use(OpenApiValidator.middleware(options));
  app.use((_req, res) => answer(res));
  const complain: ErrorRequestHandler = ({ status = 500 }, _req, res, _next) => {
    res
      .status(status)
      .type("text")
      .send(status === 500 ? "off the document" : "");
  };
  app.use(complain);
  return app;
}
