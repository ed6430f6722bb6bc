import { request } from "node:https";
import { describe, expect, it } from "vitest";
import { check } from "../../src/contract/check.ts";
import { type ClientTask, functionClient } from "../../src/contract/client.ts";
import { startMock } from "../../src/mock.ts";
import { createImpostors } from "../../src/testing/impostors.ts";
import { mockTarget } from "../../src/testing/mock-target.ts";
import { vendors } from "../../src/vendors/index.ts";

const impostors = await createImpostors("127.0.0.1");

/** Calls the server that the task names, for any vendor, and trusts the given certificates. */
const asking =
  (trust: object) =>
  async ({ environment, vendor }: ClientTask) => {
    const url = environment[`${vendor.toUpperCase()}_URL`] ?? "";
    return new Promise<{ readonly outcome: "failed"; readonly reason: string }>((resolve) => {
      const sent = request(url, { agent: false, ...trust }, (res) => {
        res.resume();
        res.on("end", () => resolve({ outcome: "failed", reason: String(res.statusCode) }));
      });
      sent.on("error", ({ message }) => resolve({ outcome: "failed", reason: message }));
      sent.end();
    });
  };

async function outcomes(trust: object, given = { impostors }) {
  await using mock = await startMock({ tls: true });
  const results = await check({
    target: mockTarget(mock, {}, given.impostors),
    client: functionClient(asking(trust)),
    vendors,
    isChosen: (id) => id.includes(".certificates."),
    jobs: 4,
    failOn: "must",
    profile: Object.fromEntries(
      vendors.flatMap(({ contract }) => contract.traits ?? []).map(({ id }) => [id, false]),
    ),
    onResult: () => {},
  });
  return results.map(({ id, outcome, findings, reason }) => ({
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

describe("a client passes the cases of certificates", () => {
  it("that trusts the CA that it is told to, and checks the name", async () => {
    const results = await outcomes({ ca: impostors.ca });
    expect(results.map(({ outcome }) => outcome)).toEqual(Array(2 * certified.length).fill("pass"));
  });
});

describe("a client fails", () => {
  it("both of them that checks nothing", async () => {
    const results = await outcomes({ rejectUnauthorized: false });
    expect(results.map(({ what }) => what)).toEqual(
      certified.flatMap(() => [
        [`${SENT} is signed by a CA that it was not told to trust`],
        [`${SENT} is for another host`],
      ]),
    );
  });

  it("that of the name where it checks the CA alone", async () => {
    const results = await outcomes({ ca: impostors.ca, checkServerIdentity: () => undefined });
    const failed = results.filter(({ outcome }) => outcome === "fail").map(({ id }) => id);
    expect(failed).toEqual(ids("wrong-name"));
  });
});

it("no variable makes a client check what it was told not to check", async () => {
  const unknown = await impostors.open("unknown-ca");
  const named = await impostors.open("wrong-name");
  expect([unknown.environment, named.environment]).toEqual([
    { REQUESTS_CA_BUNDLE: "", CURL_CA_BUNDLE: "" },
    {},
  ]);
  expect(await unknown.close()).toEqual({ connections: 0, requests: 0 });
  await named.close();
});

it("nothing can be told of a client that connects to nobody", async () => {
  await using mock = await startMock({ tls: true });
  const results = await check({
    target: mockTarget(mock, {}, impostors),
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
    client: functionClient(asking({})),
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
