import { expect, it } from "vitest";
import { secretExposed } from "../../../src/contract/rules/secret-exposed.ts";
import { startMock } from "../../../src/mock.ts";
import { acmeContract, flawsOf, journal, type Step } from "../../support/journals.ts";

const found = (step: Step) =>
  flawsOf([secretExposed(acmeContract)], "secret.exposed", journal(step));

it.each<[string, Step]>([
  ["the URL", { url: "/acme/strike?key=[redacted]" }],
  ["the body", { body: '{"key": "[redacted]"}' }],
  ["the body of a call to an unknown path", { op: "", status: 404, body: "key=[redacted]" }],
  ["the URL of a login", { op: "login", url: "/acme/login?password=[redacted]" }],
])("finds a credential in %s", (_, step) => {
  expect(found(step)).toEqual([["must", 1]]);
});

it("names both places of a credential that is in two", () => {
  const step = { url: "/acme/strike?key=[redacted]", body: "[redacted]" };
  expect(secretExposed(acmeContract).judge(journal(step))).toEqual([
    { exchanges: [1], what: "strike has a credential in its URL" },
    { exchanges: [1], what: "strike has a credential in its body" },
  ]);
});

it.each<[string, Step]>([
  ["a request without one", {}],
  ["the body of a login, where it belongs", { op: "login", body: "password=[redacted]" }],
  ["a call that broke off, which may be a login", { op: "", status: 0, body: "x=[redacted]" }],
  ["a reply that holds a token", { answer: { token: "[redacted]" } }],
])("has nothing against %s", (_, step) => {
  expect(found(step)).toEqual([]);
});

it("finds a key that a real client puts into its URL, and prints it nowhere", async () => {
  await using mock = await startMock();
  await fetch(`${mock.url}/public_api/v1/healthcheck?x=fauxdr-standard-key`, {
    headers: { "x-xdr-auth-id": "1", authorization: "fauxdr-standard-key" },
  });
  const flaws = secretExposed(acmeContract).judge(mock.journal.entries());
  expect(flaws).toHaveLength(1);
  expect(JSON.stringify(flaws)).not.toContain("standard-key");
});

it("has nothing against a place where the user's own document asks for one", () => {
  const [call] = journal({ body: '{"password": "[redacted]"}' });
  if (!call?.reply) throw new Error("the call has no reply");
  const yours = { ...call, reply: { ...call.reply, basis: "yours" } };
  expect(secretExposed(acmeContract).judge([yours])).toEqual([]);
});
