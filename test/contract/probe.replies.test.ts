import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ProbeDrift, type ProbeOptions, runProbes } from "../../src/contract/probe.ts";
import type { Probe } from "../../src/core/contract.ts";
import type { WireForm } from "../../src/core/tenant.ts";

let url = "";
// Answers as its path says: a status, a media type and a body.
const server = createServer((req, res) => {
  const [, status, type = "", body = ""] = (req.url ?? "").split("/").map(decodeURIComponent);
  res.writeHead(Number(status), { "content-type": type }).end(body);
});
beforeAll(async () => {
  await once(server.listen(0, "127.0.0.1"), "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const path = (status: number, type: string, body: string): string =>
  `/${[status, type, body].map(encodeURIComponent).join("/")}`;

interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly body?: string;
}

const probe = (
  { status = 200, type = "application/json", body = "{}" }: Answer = {},
  rest: Partial<Probe> = {},
): Probe => ({
  id: "acme.probe.one",
  title: "It answers",
  operation: "strike",
  causes: ["ok"],
  ask: () => ({ method: "GET", path: path(status, type, body) }),
  ...rest,
});

const drift = (rest: Partial<ProbeDrift> = {}): ProbeDrift => ({
  where: "/a",
  what: "it is not b",
  basis: "documented",
  ...rest,
});

type Drifts = (id: string, wire: WireForm) => readonly ProbeDrift[];

const run = (
  probes: readonly Probe[],
  drifts: Drifts = () => [],
  rest: Partial<ProbeOptions> = {},
) =>
  runProbes({
    url,
    document: {
      vendor: "acme",
      names: new Set(["known"]),
      drifts: ({ id }, _, wire) => drifts(id, wire),
    },
    probes,
    variables: {},
    targets: ["one"],
    now: () => 5,
    limitMs: 60_000,
    failOn: "must",
    onResult: () => {},
    ...rest,
  });

it("a result has the shape of its reply, and no value of it", async () => {
  const body = '{"known":"secret","other":[1,null]}';
  const [result] = await run([probe({ status: 201, body })]);
  expect(result).toEqual({
    id: "acme.probe.one",
    title: "It answers",
    vendor: "acme",
    outcome: "pass",
    wire: "document",
    findings: [],
    exchanges: [],
    shape: {
      status: 201,
      contentType: "application/json",
      body: { known: "string", "*": ["number", "null"] },
    },
    output: { stdout: "", stderr: "" },
    durationMs: expect.any(Number),
  });
});

it.each([
  ["text", "secret"],
  ["", ""],
])("the shape of a body that is not JSON is %j", async (shape, body) => {
  const [result] = await run([probe({ type: "text/plain", body })]);
  expect(result?.shape).toEqual({ status: 200, contentType: "text/plain", body: shape });
});

it("each result is told with the number of probes that are done, and of all", async () => {
  const told: unknown[] = [];
  const onResult: ProbeOptions["onResult"] = ({ id }, done, all) => told.push([id, done, all]);
  await run([probe(), probe({}, { id: "acme.probe.two" })], () => [], { onResult });
  expect(told).toEqual([
    ["acme.probe.one", 1, 2],
    ["acme.probe.two", 2, 2],
  ]);
});

it("a reply is judged by the wire form of the last one for which the two forms differ", async () => {
  const fits: Readonly<Record<string, readonly WireForm[]>> = {
    both: ["document", "recorded"],
    recorded: ["recorded"],
    neither: [],
    added: ["recorded"],
    document: ["document"],
  };
  const results = await run(
    ["both", "recorded", "neither", "both", "document", "neither"].map((id) => probe({}, { id })),
    (id, wire) => (fits[id]?.includes(wire) ? [] : [drift({ where: `/${wire}` })]),
  );
  expect(results.map(({ wire, findings }) => [wire, ...findings.map(({ what }) => what)])).toEqual([
    ["document"],
    ["recorded"],
    ["recorded", "strike /recorded: it is not b"],
    ["recorded"],
    ["document"],
    ["document", "strike /document: it is not b"],
  ]);
});

it("a reply with nothing but additional members fits", async () => {
  const [result] = await run([probe()], (_, wire) =>
    wire === "document" ? [drift()] : [drift({ isAddition: true })],
  );
  expect(result).toMatchObject({
    wire: "recorded",
    outcome: "pass",
    findings: [{ severity: "info" }],
  });
});

describe("a later probe", () => {
  const asking = (name: string): Probe =>
    probe(
      {},
      { id: "later", ask: ({ get }) => ({ method: "GET", path: path(200, "", get(name)) }) },
    );
  const telling = (answer: Answer): Probe =>
    probe(answer, { tells: (value) => ({ told: JSON.stringify(value) }) });
  const reasonOf = async (probes: readonly Probe[], drifts?: Drifts, rest = {}) =>
    (await run(probes, drifts, rest)).at(-1)?.reason;

  it.each([
    ["a value", {}, "{}"],
    ["a text", { type: "text/plain", body: "a" }, '"a"'],
  ])(
    "gets what an earlier reply told, by %s, before a variable of that name",
    async (_, answer, told) => {
      let got = "";
      const ask: Probe["ask"] = ({ get }) => {
        got = get("told");
        return { method: "GET", path: path(200, "", got) };
      };
      const later = probe({}, { ask });
      await run([telling(answer), later], () => [], { variables: { told: "a variable" } });
      expect(got).toBe(told);
    },
  );

  it("gets nothing from a reply that does not fit", async () => {
    const drifts: Drifts = (id) => (id === "later" ? [] : [drift()]);
    expect(await reasonOf([telling({}), asking("told")], drifts)).toBe(
      "told is not known: no earlier reply contained it",
    );
  });

  it("is inconclusive without a variable that it needs, also where that is empty", async () => {
    const sentence = "ACME_KEY is not known: set it, see fauxdr env";
    expect(await reasonOf([asking("ACME_KEY")])).toBe(sentence);
    expect(await reasonOf([asking("ACME_KEY")], undefined, { variables: { ACME_KEY: "" } })).toBe(
      sentence,
    );
    for (const name of ["aACME", "ACMEa"]) {
      expect(await reasonOf([asking(name)])).toBe(
        `${name} is not known: no earlier reply contained it`,
      );
    }
  });

  it("gets the targets and the time", async () => {
    let known: unknown;
    const ask: Probe["ask"] = ({ targets, now }) => {
      known = [targets, now];
      return { method: "GET", path: path(200, "", "") };
    };
    await run([probe({}, { ask })]);
    expect(known).toEqual([["one"], 5]);
  });
});

describe("a finding", () => {
  const found = async (rest: Partial<Probe>, answer: Answer = {}, drifts = [drift()]) =>
    (await run([probe(answer, rest)], () => drifts))[0]?.findings;

  it("names the operation, the place and what is wrong there", async () => {
    expect(await found({})).toEqual([
      {
        rule: "acme.probe.one",
        vendor: "acme",
        severity: "must",
        basis: "documented",
        exchanges: [],
        what: "strike /a: it is not b",
        fix: "If this is the vendor's own server, the document in specs/ is wrong; otherwise the server is.",
        source: "The vendor's document in specs/, at this operation",
      },
    ]);
    const { operation: _, ...unmatched } = probe();
    const [result] = await run([unmatched], () => [drift()]);
    expect(result?.findings[0]?.what).toBe("(unmatched) /a: it is not b");
  });

  it("is as severe as its basis allows", async () => {
    const drifts = [drift({ basis: "observed" }), drift({ basis: "assumed" })];
    expect((await found({}, {}, drifts))?.map(({ severity }) => severity)).toEqual([
      "should",
      "info",
    ]);
  });

  it("is of one rule for every probe whose invalid credentials are accepted", async () => {
    const causes = ["unauthenticated"];
    expect(await found({ causes }, { status: 204, body: "" })).toMatchObject([
      {
        rule: "verify.any-credentials",
        what: "the server accepts invalid credentials",
        severity: "must",
      },
    ]);
    for (const [rest, status] of [
      [{ causes }, 300],
      [{ causes: [...causes, "ok"] }, 200],
    ] as const) {
      expect(await found(rest, { status })).toMatchObject([{ rule: "acme.probe.one" }]);
    }
  });
});

describe("a probe is inconclusive, with the reason,", () => {
  it("where the server limits calls, and has the shape of that reply", async () => {
    const [result] = await run([probe({ status: 429 })], () => [drift()]);
    expect(result).toMatchObject({
      outcome: "inconclusive",
      wire: "document",
      reason: "the server limits calls (429)",
      findings: [],
      shape: { status: 429 },
    });
  });

  it("where it throws something, and has no shape then", async () => {
    const ask = () => {
      throw "no error";
    };
    const [result] = await run([probe({}, { ask })]);
    expect(result?.reason).toBe("no error");
    expect(result).not.toHaveProperty("shape");
  });
});
