import { describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../../src/index.ts";
import { cortexClient } from "../../support/clients.ts";

const COMPLETES = "facade00000000000000000000000001";

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
  readonly body: any;
}

async function call({ url }: Mock, method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`${url}/__admin/${path}`, {
    method,
    ...(body !== undefined && {
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  });
  expect(response.headers.get("x-fauxdr-error")).toBeNull();
  return { status: response.status, body: await response.json() };
}

describe("the control API's tenants", () => {
  it("makes one whose credentials work at once, lists it, and forgets it", async () => {
    await using mock = await startMock();
    const made = await call(mock, "POST", "tenants", {
      name: "suite-1",
      settings: { wire: "recorded", clock: "2026-01-31T12:00:00Z" },
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ name: "suite-1", time: "2026-01-31T12:00:00.000Z" });
    const { url, credentials } = made.body.vendors.find(
      ({ name }: { name: string }) => name === "cortex",
    );
    expect(url).toBe(mock.url);
    const client = cortexClient({ url, credentials: { cortex: credentials } });
    expect(await client.quarantine([COMPLETES])).toBe("10001001");

    const names = async (): Promise<string[]> =>
      (await call(mock, "GET", "tenants")).body.tenants.map(({ name }: { name: string }) => name);
    expect(await names()).toEqual(["default", "suite-1"]);
    expect((await call(mock, "GET", "tenants/suite-1")).body).toEqual(made.body);
    expect(await call(mock, "DELETE", "tenants/suite-1")).toEqual({
      status: 200,
      body: { deleted: "suite-1" },
    });
    expect(await names()).toEqual(["default"]);
    expect((await client.post("endpoints/get_endpoints", {})).status).toBe(401);
  });

  it("lists many of them just as each is shown by itself", async () => {
    await using mock = await startMock({ clock: "2026-01-31T12:00:00Z" });
    const names = ["default", ...Array.from({ length: 60 }, (_, nth) => `suite-${nth}`)];
    for (const name of names.slice(1)) await call(mock, "POST", "tenants", { name });
    const { tenants } = (await call(mock, "GET", "tenants")).body;
    const single = names.map(async (name) => (await call(mock, "GET", `tenants/${name}`)).body);
    expect(tenants).toEqual(await Promise.all(single));
  });

  it("makes one with an OpenAPI document of its own, but reads no file for it", async () => {
    await using mock = await startMock();
    const media = { "application/json": { example: { mine: true } } };
    const document = {
      openapi: "3.0.3",
      "x-fauxdr-vendor": "cortex",
      paths: { "/mine": { get: { security: [], responses: { 200: { content: media } } } } },
    };
    const made = (also: unknown) => call(mock, "POST", "tenants", { settings: { also } });
    expect((await made([document])).status).toBe(201);
    const [, { settings }] = (await call(mock, "GET", "tenants")).body.tenants;
    expect(settings.also).toEqual([document]);
    const refused = await made(["package.json"]);
    expect([refused.status, refused.body.error]).toEqual([
      400,
      "The server was started without --also package.json: restart it with that, or send the OpenAPI document itself.",
    ]);
    expect((await call(mock, "GET", "tenants")).body.tenants).toHaveLength(2);
  });

  it("resets one and leaves the others alone", async () => {
    await using mock = await startMock();
    const other = await mock.tenant({ name: "other" });
    await cortexClient(mock).quarantine([COMPLETES]);
    await cortexClient({ ...other, url: mock.url }).quarantine([COMPLETES]);
    expect((await call(mock, "POST", "tenants/other/reset")).body).toEqual({ reset: ["other"] });
    expect(other.actions.list()).toEqual([]);
    expect(other.journal.entries()).toEqual([]);
    expect(mock.actions.list()).toHaveLength(1);
    await call(mock, "POST", "reset");
    expect(mock.actions.list()).toEqual([]);
  });

  it("stops, sets, advances and releases a clock", async () => {
    await using mock = await startMock({ clock: "2026-01-31T12:00:00Z" });
    const move = (body: unknown): Promise<Answer> =>
      call(mock, "POST", "tenants/default/clock", body);
    expect((await move({ advanceSeconds: 60 })).body).toEqual({
      time: "2026-01-31T12:01:00.000Z",
      frozen: true,
    });
    expect((await move({ set: "2026-02-01T00:00:00Z" })).body.time).toBe(
      "2026-02-01T00:00:00.000Z",
    );
    expect((await move({ resume: true })).body.frozen).toBe(false);
    expect((await move({ freeze: "2030-01-01T00:00:00Z" })).body).toEqual({
      time: "2030-01-01T00:00:00.000Z",
      frozen: true,
    });
    expect((await call(mock, "GET", "tenants/default/clock")).body.time).toBe(
      "2030-01-01T00:00:00.000Z",
    );
  });

  it("shows the actions and moves one by hand", async () => {
    await using mock = await startMock({ clock: "2026-01-31T12:00:00Z", progress: "manual" });
    const id = await cortexClient(mock).quarantine([COMPLETES]);
    const pending = mock.actions.list();
    expect((await call(mock, "GET", "tenants/default/actions")).body).toEqual({ actions: pending });
    const moved = await call(mock, "POST", `tenants/default/actions/${id}/move`);
    const lifecycle = [{ state: "pending" }, { state: "running" }, { state: "succeeded" }];
    const target = { id: COMPLETES, state: "running", lifecycle };
    expect(moved.body).toEqual({ ...pending[0], targets: [target] });
    const failed = await call(mock, "POST", `tenants/default/actions/${id}/move`, {
      state: "failed",
      target: COMPLETES,
    });
    const ended = [...lifecycle.slice(0, 2), { state: "failed" }];
    expect(failed.body.targets).toEqual([{ id: COMPLETES, state: "failed", lifecycle: ended }]);
  });

  it("saves a tenant's state and restores it in another tenant, without credentials", async () => {
    await using mock = await startMock({ clock: "2026-01-31T12:00:00Z" });
    await cortexClient(mock).quarantine([COMPLETES]);
    const { body: snapshot } = await call(mock, "GET", "tenants/default/snapshot");
    expect(JSON.stringify(snapshot)).not.toContain("fauxdr-standard-key");
    const other = await mock.tenant({ name: "other" });
    expect(await call(mock, "PUT", "tenants/other/snapshot", snapshot)).toEqual({
      status: 200,
      body: { restored: "other" },
    });
    expect(other.actions.list()).toEqual(mock.actions.list());
    const { status } = await cortexClient({ ...other, url: mock.url }).post(
      "actions/get_action_status",
      { group_action_id: "1001" },
    );
    expect(status).toBe(200);
  });

  const refusals: [string, string, unknown, number, string][] = [
    [
      "POST",
      "tenants",
      { name: "Bad Name" },
      400,
      `A tenant's name must start with a letter and have up to 40 lower-case letters, digits and hyphens, not "Bad Name".`,
    ],
    [
      "POST",
      "tenants",
      { name: "default" },
      400,
      'A tenant "default" already exists: choose another name.',
    ],
    [
      "POST",
      "tenants",
      { settings: { port: 1 } },
      400,
      '"port" is not a setting of a tenant: it is the server\'s.',
    ],
    [
      "POST",
      "tenants",
      { settings: { wire: "klingon" } },
      400,
      '"wire" must be document or recorded, not "klingon".',
    ],
    ["POST", "tenants", { size: 3 }, 400, "/size is not a field of this call"],
    ["GET", "tenants/nobody", undefined, 404, "there is no tenant nobody"],
    ["DELETE", "tenants/nobody", undefined, 404, "there is no tenant nobody"],
    [
      "DELETE",
      "tenants/default",
      undefined,
      400,
      "The tenant default cannot be deleted: reset it instead.",
    ],
    ["POST", "tenants/default/clock", {}, 400, "the body must NOT have fewer than 1 properties"],
    ["POST", "tenants/default/clock", { advanceSeconds: -1 }, 400, "/advanceSeconds must be >= 0"],
    ["POST", "tenants/default/clock", { set: "yesterday" }, 400, "/set must be a date-time"],
    [
      "POST",
      "tenants/default/clock",
      { set: "2020-01-01T00:00:00Z" },
      400,
      "the clock cannot go back: this time has passed",
    ],
    [
      "POST",
      "tenants/default/clock",
      { freeze: "soon" },
      400,
      '"soon" is not a time such as 2026-01-31T12:00:00Z.',
    ],
    [
      "POST",
      "tenants/default/clock",
      { freeze: {} },
      400,
      "{} is not a time such as 2026-01-31T12:00:00Z.",
    ],
    ["POST", "tenants/default/actions/7/move", {}, 400, 'Tenant "default" has no action 7.'],
    [
      "POST",
      "tenants/default/actions/7/move",
      { state: "happy" },
      400,
      "/state must be one of: pending, running, aborting, succeeded, partial, failed, timed-out, expired, cancelled, aborted",
    ],
    [
      "PUT",
      "tenants/default/snapshot",
      {},
      400,
      "This is not a snapshot: it has no format number.",
    ],
    [
      "PUT",
      "tenants/default/snapshot",
      { format: 1 },
      400,
      'The snapshot is damaged: its "clock" is not valid.',
    ],
  ];
  it.each(refusals)("%s %s with %j is refused: %i", async (method, path, body, status, error) => {
    await using mock = await startMock();
    const before = mock.store.state();
    expect(await call(mock, method, path, body)).toEqual({ status, body: { error } });
    expect(mock.store.state()).toEqual(before);
  });
});
