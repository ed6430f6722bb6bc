import { describe, expect, it } from "vitest";
import type { ProbeReply } from "../../src/contract/send-probe.ts";
import type { Probe } from "../../src/core/contract.ts";
import { WIRE_FORMS } from "../../src/core/tenant.ts";
import { loadVendorDocument } from "../../src/testing/vendor-documents.ts";
import { vendors } from "../../src/vendors/index.ts";
import { causesOf, operationsOf, readSpec, wordsIn } from "../support/specs.ts";

const cortex = vendors.find(({ name }) => name === "cortex");
if (!cortex) throw new Error("there is no vendor");
const document = await loadVendorDocument(cortex);

const probe = (causes: readonly string[], operation?: string): Probe => ({
  id: "cortex.probe.test",
  title: "",
  causes,
  ask: () => ({ method: "GET", path: "/" }),
  ...(operation !== undefined && { operation }),
});

const reply = (status: number, value: unknown): ProbeReply => ({
  status,
  contentType: "application/json",
  text: JSON.stringify(value),
  value,
});

const created = (id: unknown) => ({ reply: { action_id: id, status: "1", endpoints_count: "1" } });

it.each<[string, Probe, ProbeReply, object | undefined]>([
  ["nothing", probe(["ok"], "quarantineFiles"), reply(200, created("7")), undefined],
  [
    "a status that another cause has",
    probe(["ok"], "quarantineFiles"),
    reply(400, {}),
    { where: "status", what: "is 400, but must be 200", basis: "documented" },
  ],
  [
    "a type, on the basis of that cause",
    probe(["ok"], "quarantineFiles"),
    reply(200, created(7)),
    { where: "/reply/action_id", basis: "documented" },
  ],
  [
    "a member that the document does not know",
    probe(["ok"], "quarantineFiles"),
    reply(200, { ...created("7"), more: 1 }),
    { where: "", isAddition: true },
  ],
  [
    "a body that is no JSON",
    probe(["ok"], "healthcheck"),
    { status: 200, contentType: "application/json", text: "<html>" },
    { where: "body", what: "is declared as JSON, but is not valid JSON" },
  ],
  [
    "a page in place of JSON",
    probe(["unauthenticated"], "getEndpoints"),
    { status: 401, contentType: "text/html", text: "<html>" },
    { where: "header/content-type" },
  ],
  [
    "an assumption by its basis",
    probe(["no-operation"]),
    reply(404, {}),
    { where: "status", basis: "assumed" },
  ],
])("finds %s", (_, one, seen, drift) => {
  const found = document.drifts(one, seen, "document");
  expect(found).toMatchObject(drift ? [drift] : []);
});

it("shows no member name that is not in a schema", () => {
  const data = { facade01: "PENDING", facade02: "NOBODY-KNOWS" };
  const drift = document.drifts(
    probe(["ok"], "getActionStatus"),
    reply(200, { reply: { data } }),
    "document",
  );
  expect(JSON.stringify(drift)).toContain("/reply/data/*");
  expect(JSON.stringify(drift)).not.toMatch(/facade|NOBODY/);
});

describe.each(vendors)("the probes of $name", ({ name, contract: { probes } }) => {
  const spec = readSpec(name);
  const operations = operationsOf(spec);

  it.each(probes)("$id asks for what the document has", ({ id, operation, causes }) => {
    expect(id).toMatch(new RegExp(`^${name}\\.probe\\.[\\w-]+$`));
    const object = operation
      ? operations.find((one) => one.id === operation)?.object
      : (spec["x-unmatched"] as never);
    expect(object, id).toBeDefined();
    const listed = WIRE_FORMS.flatMap((wire) =>
      causesOf(object as never, spec, wordsIn(name, wire)),
    );
    for (const cause of causes) expect(listed, id).toContain(cause);
  });

  it("have ids of their own", () => {
    expect(new Set(probes.map(({ id }) => id)).size).toBe(probes.length);
  });
});
