import { request } from "node:http";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { WIRE_FORMS } from "../../src/core/tenant.ts";
import { type Mock, startMock } from "../../src/mock.ts";
import { fitting, spoilt } from "../support/arbitrary.ts";
import { eachThird, isAll } from "../support/programs.ts";
import {
  follow,
  isJson,
  type Json,
  operationsOf,
  readSpec,
  type SpecOperation,
  specNames,
} from "../support/specs.ts";

/** Both can be given, so that a run can be repeated or made longer: `FUZZ_SEED=1 FUZZ_RUNS=5000 vitest run test/fuzz`. */
const SEED = Number(process.env["FUZZ_SEED"] ?? 20_261_125);
const RUNS = Number(process.env["FUZZ_RUNS"] ?? (isAll ? 10 : 2));

interface Ask {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

const CREDENTIALS: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>> = {
  cortex: [
    { "x-xdr-auth-id": "1", authorization: "fauxdr-standard-key" },
    { "x-xdr-auth-id": "1", authorization: "fauxdr-standard-key" },
    { "x-xdr-auth-id": "3", authorization: "fauxdr-unlicensed-key" },
    { "x-xdr-auth-id": "1", authorization: "wrong" },
    { "x-xdr-auth-id": "2", authorization: "0", "x-xdr-nonce": "%", "x-xdr-timestamp": "1e9" },
    {},
  ],
  qualys: [
    { authorization: "Bearer fauxdr-token" },
    { authorization: "Bearer fauxdr-token" },
    { authorization: "bearer fauxdr-expired-token" },
    { authorization: "Basic fauxdr" },
    {},
  ],
  admin: [{}],
};

const segment = fc.oneof(
  fc.constantFrom(
    "x",
    "default",
    "1001",
    "activityLog",
    "quarantinedItem",
    "%2F",
    "%",
    "%ff",
    "..",
    "a".repeat(300),
  ),
  fc.string({ maxLength: 12 }).map(encodeURIComponent),
);

/** Requests for an operation: most as its document wants them, with something wrong here and there. */
function asking(
  name: string,
  { method, path, object }: SpecOperation,
  document: Json,
): fc.Arbitrary<Ask> {
  const { content = {} } = follow(object["requestBody"] ?? {}, document) as {
    readonly content?: Readonly<Record<string, Json>>;
  };
  const [type = "application/json"] = Object.keys(content);
  const schema = content[type]?.["schema"];
  const parameters = ((object["parameters"] ?? []) as Json[])
    .map((one) => follow(one, document))
    .filter((one) => one["in"] === "query");
  const names = [...parameters.map((one) => String(one["name"])), "surprise", "user"];
  return fc
    .record({
      method: fc.oneof(
        { weight: 12, arbitrary: fc.constant(method.toUpperCase()) },
        {
          weight: 1,
          arbitrary: fc.constantFrom(
            "GET",
            "POST",
            "PUT",
            "DELETE",
            "PATCH",
            "OPTIONS",
            "TRACE",
            "PROPFIND",
          ),
        },
      ),
      segments: fc.array(segment, { minLength: 3, maxLength: 3 }),
      tail: fc.oneof(
        { weight: 6, arbitrary: fc.constant("") },
        { weight: 1, arbitrary: fc.constantFrom("/", "//", "/x", "?", "#a") },
      ),
      query: fc.array(fc.tuple(fc.constantFrom(...names), fc.string({ maxLength: 12 })), {
        maxLength: 3,
      }),
      credentials: fc.constantFrom(...(CREDENTIALS[name] ?? [{}])),
      type: fc.oneof(
        { weight: 8, arbitrary: fc.constant(type) },
        {
          weight: 1,
          arbitrary: fc.constantFrom(
            "",
            "text/plain",
            "application/json; charset=utf-16",
            "x",
            "application/x-www-form-urlencoded",
          ),
        },
      ),
      encoding: fc.oneof(
        { weight: 12, arbitrary: fc.constant("") },
        { weight: 1, arbitrary: fc.constantFrom("gzip", "br", "identity", "deflate, gzip") },
      ),
      accept: fc.constantFrom("*/*", "gzip", "application/xml", "text/html;q=0"),
      body: schema ? spoilt(fitting(schema, document)) : fc.constantFrom("", "", "{}", "x"),
    })
    .map(({ segments, tail, query, credentials, type: given, encoding, accept, body, ...rest }) => {
      let next = 0;
      const filled = path.replace(/\{[^}]+\}/g, () => segments[next++] ?? "x");
      const search = String(new URLSearchParams(query));
      return {
        ...rest,
        path:
          filled + tail + (search && tail !== "#a" ? `${tail === "?" ? "" : "?"}${search}` : ""),
        headers: {
          ...credentials,
          ...(given && { "content-type": given }),
          ...(encoding && { "content-encoding": encoding }),
          "accept-encoding": accept,
          accept,
        },
        body,
      };
    });
}

const send = ({ port }: Mock, { method, path, headers, body }: Ask): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const bytes = Buffer.from(body);
    const call = request(
      {
        port,
        host: "127.0.0.1",
        method,
        path,
        headers: { ...headers, "content-length": bytes.length },
        timeout: 5000,
      },
      (res) => {
        // A stream of events has no end of its own.
        if (res.headers["content-type"]?.startsWith("text/event-stream")) res.destroy();
        const chunks: Buffer[] = [];
        res.on("data", (chunk) => chunks.push(chunk));
        res.on("error", () => {});
        res.on("close", () =>
          resolve({
            status: res.statusCode ?? 0,
            headers: res.headers,
            text: Buffer.concat(chunks).toString("latin1"),
          }),
        );
      },
    );
    call.on("timeout", () => reject(new Error(`no answer to ${method} ${path}`)));
    call.on("error", reject);
    call.end(bytes);
  });

/** What refused calls may change in a tenant: who called last, and how often. */
const world = (mock: Mock): string => {
  const { store, ...rest } = mock.snapshot() as unknown as {
    store: { tables: Json; sequences: Json };
  };
  const tables = Object.entries(store.tables).filter(([name]) => !/nonce|rate|token/.test(name));
  return JSON.stringify([rest, tables, store]);
};

/** The same with what the control API changes: tenants, fault rules, scenarios, clocks. */
async function whole(mock: Mock): Promise<string> {
  const list = { method: "GET", path: "/__admin/tenants", headers: {}, body: "" };
  const { status, text } = await send(mock, list);
  expect(status).toBe(200);
  return JSON.stringify([world(mock), mock.faults.list(), mock.journal.entries().length, text]);
}

const PAGE = /<!DOCTYPE html>|Cannot (GET|POST|PUT|DELETE)|at \S+ \(.*:\d+:\d+\)/;

describe.each(specNames)("any call of %s", (name) => {
  const document = readSpec(name);
  const wireForms = name === "admin" ? (["document"] as const) : WIRE_FORMS;

  it.for(
    operationsOf(document).flatMap((operation, index) =>
      wireForms.map((wire) => [operation.id, wire, operation, index] as const),
    ),
  )(
    "for %s, %s form, is answered by the document, and a refusal changes nothing",
    async ([, wire, operation, index], { skip }) => {
      // Both wire forms are among them: they take turns.
      skip(...eachThird(index + Number(wire === "recorded"), "the fuzz of every operation"));
      const mock = await startMock({ wire, clock: "2026-01-31T12:00:00Z", fleet: 0 });
      try {
        await fc.assert(
          fc.asyncProperty(asking(name, operation, document), async (ask) => {
            const before = name === "admin" ? await whole(mock) : world(mock);
            const answer = await send(mock, ask);
            expect(answer.text).not.toMatch(PAGE);
            if (name === "admin") {
              expect(answer.headers["x-fauxdr-error"]).toBeUndefined();
              expect(answer.status).toBeLessThan(500);
              // Also shows that the server still answers.
              const after = await whole(mock);
              if (answer.status >= 400) expect(after).toBe(before);
              return;
            }
            const exchange = mock.journal.entries().at(-1);
            expect(exchange?.reply?.status).toBe(answer.status);
            // A path of no vendor gets fauxdr's own error.
            if (exchange?.vendor === undefined) return;
            expect([exchange.error, answer.headers["x-fauxdr-error"]]).toEqual([
              undefined,
              undefined,
            ]);
            expect(exchange.reply?.basis).toBeDefined();
            if (exchange.refusal) expect(world(mock)).toBe(before);
            if (
              String(answer.headers["content-type"]).startsWith("application/json") &&
              !answer.headers["content-encoding"]
            ) {
              expect(
                isJson(JSON.parse(answer.text)) ||
                  Array.isArray(JSON.parse(answer.text)) ||
                  answer.text === "true",
              ).toBe(true);
            }
          }),
          { seed: SEED, numRuns: RUNS },
        );
      } finally {
        await mock.close();
      }
    },
  );
});
