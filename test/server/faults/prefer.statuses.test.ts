import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WIRE_FORMS } from "../../../src/core/tenant.ts";
import { type Mock, startMock } from "../../../src/mock.ts";
import { vendors } from "../../../src/vendors/index.ts";
import { cortexCall, qualysCall } from "../../support/good-calls.ts";
import { eachThird, isAll } from "../../support/programs.ts";
import { operationsOf, readSpec, responsesOf, type SpecOperation } from "../../support/specs.ts";

const STATUSES = Array.from({ length: 400 }, (_, index) => String(200 + index));

/** Every operation of every vendor, with the statuses that its document lists. */
const rows = vendors.flatMap(({ name }) => {
  const document = readSpec(name);
  return operationsOf(document).map((operation) => ({
    vendor: name,
    id: operation.id,
    operation,
    statuses: responsesOf(operation.object, document).map(([status]) => status),
  }));
});

const ask = ({ url }: Mock, { method, path }: SpecOperation, code: string): Promise<Response> =>
  fetch(`${url}${path.replace(/\{[^}]+\}/g, "x")}`, {
    method: method.toUpperCase(),
    headers: { prefer: `code=${code}` },
  });

describe.each(WIRE_FORMS)("in the %s form", (wire) => {
  let mock: Mock;
  /** Older documents have a 409 where newer ones have a 429; a tenant answers one or the other. */
  let older: Mock;
  let before: unknown;
  beforeAll(async () => {
    mock = await startMock({ wire });
    older = await startMock({ wire, rateLimit: "409" });
    before = [mock.snapshot(), older.snapshot()];
  });
  afterAll(async () => {
    // No error response changes anything.
    expect([mock.snapshot(), older.snapshot()]).toEqual(before);
    await mock.close();
    await older.close();
  });

  it.each(rows)("$vendor $id refuses with every status that it documents", async (row) => {
    for (const code of row.statuses.filter((status) => Number(status) >= 400)) {
      const asked = code === "409" ? older : mock;
      const reply = await ask(asked, row.operation, code);
      const text = await reply.text();
      expect([String(reply.status), reply.headers.get("x-fauxdr-error")], text).toEqual([
        code,
        null,
      ]);
      const exchange = asked.journal.entries().at(-1);
      expect(exchange).toMatchObject({
        vendor: row.vendor,
        operation: row.id,
        fault: { rule: "Prefer", kind: "refusal", effect: false },
        reply: { status: Number(code), body: { text } },
      });
      // Only a reply that was checked has a basis.
      expect(exchange?.reply?.basis).toBeTruthy();
    }
  });

  it.for(rows)(
    "$vendor $id lists the statuses it has when a request prefers another",
    async (row, { skip }) => {
      skip(...eachThird(rows.indexOf(row), "every operation's other statuses"));
      const others = STATUSES.filter((status) => !row.statuses.includes(status));
      for (const code of others.filter((_, index) => index % (isAll ? 40 : 100) === 0)) {
        const reply = await ask(mock, row.operation, code);
        const error = `${row.id} documents no status ${code}. Prefer: code= takes one of ${row.statuses.join(", ")}.`;
        expect([reply.status, await reply.json()]).toEqual([500, { error }]);
        expect(reply.headers.get("x-fauxdr-error")).toBe(error);
        expect(mock.journal.entries().at(-1)).toMatchObject({
          operation: row.id,
          error: expect.stringContaining(error),
        });
      }
    },
  );
});

it("a status that the tenant's settings leave to others is a mistake in one sentence", async () => {
  await using mock = await startMock();
  const operation = rows.find(({ id }) => id === "listAssets")?.operation as SpecOperation;
  const reply = await ask(mock, operation, "409");
  expect([reply.status, await reply.json()]).toEqual([
    500,
    { error: "listAssets has no error response with status 409." },
  ]);
});

describe.each([cortexCall, qualysCall])("a call of $vendor", (good) => {
  const call = ({ url }: Mock, prefer: string): Promise<Response> =>
    fetch(`${url}${good.path}`, {
      method: "POST",
      headers: { ...(good.headers as Record<string, string>), prefer },
      body: good.body,
    });

  it("that prefers success is an ordinary one", async () => {
    await using mock = await startMock();
    expect((await call(mock, "code=200")).status).toBe(200);
    expect(mock.actions.list()).toHaveLength(1);
    expect(mock.journal.entries()[0]?.fault).toBeUndefined();
  });

  it("that prefers a refusal has no effect, and no rule counts it", async () => {
    await using mock = await startMock();
    mock.faults.add({ fault: { kind: "html-page" } });
    expect((await call(mock, "code=403")).status).toBe(403);
    expect(mock.actions.list()).toEqual([]);
    expect(mock.faults.list()).toMatchObject([{ matched: 0, applied: 0 }]);
  });
});
