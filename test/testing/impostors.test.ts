import { request } from "node:https";
import { describe, expect, it } from "vitest";
import { check } from "../../src/contract/check.ts";
import { type ClientTask, functionClient } from "../../src/contract/client.ts";
import type { ClientReport } from "../../src/contract/client-report.ts";
import { type Mock, startMock } from "../../src/mock.ts";
import { createImpostors } from "../../src/testing/impostors.ts";
import { mockTarget } from "../../src/testing/mock-target.ts";
import { vendors } from "../../src/vendors/index.ts";

/** How a client checks certificates: in its first call, and in its second one. */
type Trust = (ca: string) => readonly [object, object];

/** Calls the server that the task names twice, for any vendor. A second call needs a reply to the first one. */
const asking =
  (trust: readonly [object, object]) =>
  async ({ environment, vendor }: ClientTask): Promise<ClientReport> => {
    const url = environment[`${vendor.toUpperCase()}_URL`] ?? "";
    const ask = (how: object): Promise<string> =>
      new Promise((resolve, reject) => {
        const sent = request(url, { agent: false, ...how }, (res) => {
          res.resume();
          res.on("end", () => resolve(String(res.statusCode)));
        });
        sent.on("error", reject);
        sent.end();
      });
    try {
      await ask(trust[0]);
      return { outcome: "failed", reason: await ask(trust[1]) };
    } catch (error) {
      return { outcome: "failed", reason: String(error) };
    }
  };

const realOf = ({ tlsUrl = "", ca }: Mock) => ({ url: tlsUrl, ca });

async function outcomes(trust: Trust) {
  await using mock = await startMock({ tls: true });
  const impostors = await createImpostors(realOf(mock));
  const results = await check({
    target: mockTarget(mock, {}, impostors),
    client: functionClient(asking(trust(mock.ca + impostors.ca))),
    vendors,
    isChosen: (id) => id.includes(".certificates."),
    jobs: 4,
    failOn: "must",
    profile: Object.fromEntries(
      vendors.flatMap(({ contract }) => contract.traits ?? []).map(({ id, usual }) => [id, usual]),
    ),
    onResult: () => {},
  });
  // The client has no credentials, so its calls to the mock are stray ones.
  return results
    .filter(({ id }) => id.includes(".certificates."))
    .map(({ id, outcome, findings, reason }) => ({
      id,
      outcome,
      what: findings.map(({ severity, what }) => `${severity} ${what}`),
      ...(reason !== undefined && { reason }),
    }));
}

/** The vendors that have cases of certificates. */
const certified = vendors.filter(({ contract }) =>
  contract.cases.some(({ id }) => id.includes(".certificates.")),
);

/** One for each of them. */
const ids = (kind: string) => certified.map(({ name }) => `${name}.certificates.${kind}`);

const SENT = "must it sent its request, with its credentials, to a server whose certificate";
const UNKNOWN = `${SENT} is signed by a CA that it was not told to trust`;
const LATER = `${UNKNOWN}, although its first call had met a right one`;

const NOTHING = { rejectUnauthorized: false };

const failed = (results: Awaited<ReturnType<typeof outcomes>>) =>
  results.filter(({ outcome }) => outcome === "fail").map(({ id }) => id);

describe("a client passes the cases of certificates", () => {
  it("that trusts the CA that it is told to, and checks the name", async () => {
    const results = await outcomes((ca) => [{ ca }, { ca }]);
    expect(results.map(({ outcome }) => outcome)).toEqual(Array(3 * certified.length).fill("pass"));
  });
});

describe("a client fails", () => {
  it("all of them that checks nothing", async () => {
    const results = await outcomes(() => [NOTHING, NOTHING]);
    expect(results.map(({ what }) => what)).toEqual(
      certified.flatMap(() => [[UNKNOWN], [`${SENT} is for another host`], [LATER]]),
    );
  });

  it("that of the name where it checks the CA alone", async () => {
    const lax = (ca: string) => ({ ca, checkServerIdentity: () => undefined });
    expect(failed(await outcomes((ca) => [lax(ca), lax(ca)]))).toEqual(ids("wrong-name"));
  });

  it("that of the later certificate where it checks the first one alone", async () => {
    expect(failed(await outcomes((ca) => [{ ca }, NOTHING]))).toEqual(ids("unknown-ca-later"));
  });
});

const GONE = { url: "https://127.0.0.1:1" };

it("no variable makes a client check what it was told not to check", async () => {
  const impostors = await createImpostors(GONE);
  const unknown = await impostors.open("unknown-ca");
  const named = await impostors.open("wrong-name");
  expect([unknown.environment, named.environment]).toEqual([
    { REQUESTS_CA_BUNDLE: "", CURL_CA_BUNDLE: "" },
    {},
  ]);
  expect(await unknown.close()).toEqual({ connections: 0, requests: 0 });
  await named.close();
});

it("an impostor listens where the real server does, also by an IPv6 address", async () => {
  const impostor = await (await createImpostors({ url: "https://[::1]:1" })).open("wrong-name");
  expect(impostor.url).toMatch(/^https:\/\/\[::1\]:\d+$/);
  await impostor.close();
});

it("a client gets no reply where the real server gives none", async () => {
  const impostors = await createImpostors(GONE);
  const impostor = await impostors.open("unknown-ca-later");
  const gone = await asking([{ ca: impostors.ca }, {}])({
    case: "",
    vendor: "any",
    operation: "",
    input: {},
    environment: { ANY_URL: impostor.url },
  });
  expect(gone.reason).toMatch(/socket hang up/);
  expect(await impostor.close()).toEqual({ connections: 0, requests: 0 });
});

it("nothing can be told of a client that connects to nobody", async () => {
  await using mock = await startMock({ tls: true });
  const results = await check({
    target: mockTarget(mock, {}, await createImpostors(realOf(mock))),
    client: functionClient(async () => ({ outcome: "failed" })),
    vendors,
    isChosen: (id) => id === "cortex.certificates.unknown-ca",
    jobs: 1,
    failOn: "must",
    onResult: () => {},
  });
  expect(results).toMatchObject([
    {
      outcome: "inconclusive",
      reason: "the case needs a connection to judge, but none came",
    },
  ]);
});

it("a target without impostors skips the cases", async () => {
  await using mock = await startMock({ tls: true });
  const results = await check({
    target: mockTarget(mock),
    client: functionClient(asking([{}, {}])),
    vendors,
    isChosen: (id) => id === "cortex.certificates.unknown-ca",
    jobs: 1,
    failOn: "must",
    onResult: () => {},
  });
  expect(results).toMatchObject([
    { outcome: "skipped", reason: "only where fauxdr makes the certificate" },
  ]);
});
