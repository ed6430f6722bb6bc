import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../src/mock.ts";
import { fitting } from "../support/arbitrary.ts";
import { cpuMs } from "../support/cpu.ts";
import { eachThird, isAll } from "../support/programs.ts";
import { PUMPS } from "../support/pumps.ts";
import { follow, type Json, operationsOf, readSpec, type SpecOperation } from "../support/specs.ts";

/** A body of this length is cheap where each byte is read a few times, and takes seconds where that is quadratic. */
const CHARACTERS = 400_000;
/** What a request costs that is not in its bytes, its client and the first compilation included. */
const SLACK_MS = 100;
const TIMES_PARSE = 10;

const CREDENTIALS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  cortex: { "x-xdr-auth-id": "1", authorization: "fauxdr-standard-key" },
  qualys: { authorization: "Bearer fauxdr-token" },
  admin: {},
};

/** The least of several rounds, which end when it is less than what is enough. */
async function cpuOf(work: () => unknown, enough: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 4 && least > enough; round++) {
    const before = cpuMs();
    await work();
    least = Math.min(least, cpuMs() - before);
  }
  return least;
}

/** The same value with something repeated in every text, or with its lists repeated. */
function pumped(value: unknown, pump: string, length: number): unknown {
  if (typeof value === "string") return pump.repeat(Math.ceil(length / pump.length));
  if (Array.isArray(value)) {
    const [one = pump] = value;
    return Array.from({ length: 200 }, () => pumped(one, pump, length / 200));
  }
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value);
  return Object.fromEntries(
    members.map(([name, member]) => [name, pumped(member, pump, length / members.length)]),
  );
}

/** A request whose texts are pumped: in its body, and as far as a head may be long in its query. */
function requestOf({ method, path, object }: SpecOperation, document: Json, pump: string) {
  const { content = {} } = follow(object["requestBody"] ?? {}, document) as {
    readonly content?: Readonly<Record<string, Json>>;
  };
  const [type] = Object.keys(content);
  const schema = type && content[type]?.["schema"];
  const [value] = schema ? fc.sample(fitting(schema, document), { seed: 1, numRuns: 1 }) : [];
  const large = pumped(value, pump, CHARACTERS) as Record<string, unknown>;
  const query = ((object["parameters"] ?? []) as Json[])
    .map((one) => follow(one, document))
    .filter((one) => one["in"] === "query");
  const search = query.map(
    ({ name }) => `${name}=${encodeURIComponent(pump.repeat(900 / pump.length))}`,
  );
  const isForm = type?.includes("form") === true;
  return {
    method: method.toUpperCase(),
    path: `${path.replace(/\{[^}]+\}/g, "default")}?${search.slice(0, 4).join("&")}`,
    type,
    body: !schema
      ? undefined
      : isForm
        ? String(new URLSearchParams(large as Record<string, string>))
        : JSON.stringify(large),
  };
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const PUMPS_EACH = isAll ? Math.ceil(PUMPS.length / 4) : 2;

describe.each(Object.keys(CREDENTIALS))("an operation of %s", (name) => {
  const document = readSpec(name);
  let mock: Mock;
  beforeAll(async () => {
    mock = await startMock({ clock: "2026-01-31T12:00:00Z", journalEntries: 50 });
  });
  afterAll(() => mock.close());

  const operations = operationsOf(document).filter(({ id }) => id !== "streamRequests");
  it.for(operations.map((one, index) => [one.id, index, one] as const))(
    "%s costs no more than so many times the parse of its bytes, and its record neither",
    async ([, index, operation], { skip }) => {
      skip(...eachThird(index, "the fuzz of every operation"));
      // Each operation gets other ones, so that all are tried.
      const pumps = Array.from(
        { length: PUMPS_EACH },
        (_, at) => PUMPS[(index * PUMPS_EACH + at) % PUMPS.length] ?? "",
      );
      for (const pump of pumps) {
        const { method, path, type, body } = requestOf(operation, document, pump);
        const send = async (): Promise<void> => {
          const reply = await fetch(mock.url + path, {
            method,
            headers: { ...CREDENTIALS[name], ...(type && { "content-type": type }) },
            ...(body !== undefined && { body }),
          });
          await reply.arrayBuffer();
          JSON.stringify(mock.journal.entries().at(-1));
        };
        const allowed = TIMES_PARSE * (await cpuOf(() => parse(body ?? ""), 5)) + SLACK_MS;
        expect(await cpuOf(send, allowed), `${operation.id} ${pump}`).toBeLessThan(allowed);
      }
    },
  );
});
