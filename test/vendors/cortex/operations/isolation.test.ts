import { describe, expect, it } from "vitest";
import { WIRE_FORMS } from "../../../../src/core/tenant.ts";
import { startMock } from "../../../../src/mock.ts";
import { CLOCK, ENDPOINT, NOW, OTHER, reserved, UNKNOWN } from "../../../support/cortex.ts";
import {
  cortexClient,
  DAY,
  LINUX,
  named,
  OFFLINE,
  SECOND,
} from "../../../support/cortex-client.ts";

const PATHS = ["isolate", "isolate/", "unisolate", "unisolate/"];
const done = 2 * SECOND;

describe.each(WIRE_FORMS)("isolate and unisolate, %s form", (wire) => {
  const reply = {
    document: (id: number, count: number) =>
      `{"reply":{"action_id":"${id}","status":"1","endpoints_count":"${count}"}}`,
    recorded: (id: number, count: number) =>
      `{"reply": {"action_id": ${id}, "status": 1, "endpoints_count": ${count}}}`,
  }[wire];

  it.each(PATHS)("answers at %s", async (path) => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const client = cortexClient(mock);
    if (path.startsWith("un")) {
      await client.post("endpoints/isolate", { endpoint_id: ENDPOINT });
      mock.clock.advance(done);
    }
    const id = path.startsWith("un") ? 1002 : 1001;
    const { status, text } = await client.post(`endpoints/${path}`, { endpoint_id: ENDPOINT });
    expect([status, text]).toEqual([200, reply(id, 1)]);
    const exchange = mock.journal.entries().at(-1);
    expect(exchange?.operation).toBe(`${path.replace("/", "")}Endpoints`);
    expect(exchange?.reply).toMatchObject({
      cause: "ok",
      basis: wire === "document" ? "documented" : "observed",
    });
  });

  it("takes filters instead of an id", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const { post } = cortexClient(mock);
    const filters = [...named(ENDPOINT, OTHER, LINUX), ...named(LINUX, ENDPOINT, UNKNOWN)];
    expect((await post("endpoints/isolate", { filters })).text).toBe(reply(1001, 2));
    mock.clock.advance(done);
    expect((await post("endpoints/unisolate", { filters })).text).toBe(reply(1002, 2));
  });

  it("leaves out the endpoints that are unknown or in the wrong state", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const { post } = cortexClient(mock);
    await post("endpoints/isolate", { endpoint_id: ENDPOINT });
    const filters = named(ENDPOINT, OTHER, OTHER, UNKNOWN);
    expect((await post("endpoints/isolate", { filters })).text).toBe(reply(1002, 1));
    expect(mock.actions.list().at(-1)?.targets).toMatchObject([{ id: OTHER, state: "pending" }]);
    mock.clock.advance(done);
    await post("endpoints/unisolate", { endpoint_id: ENDPOINT });
    expect((await post("endpoints/unisolate", { filters })).text).toBe(reply(1004, 1));
  });
});

describe("an endpoint", () => {
  it("shows each step of its isolation and of its end", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = cortexClient(mock);
    const shown = async (): Promise<unknown[]> => {
      const { is_isolated, isolated_date } = await client.endpoint(ENDPOINT);
      return [is_isolated, isolated_date];
    };
    expect(await shown()).toEqual(["AGENT_UNISOLATED", null]);
    await client.act("endpoints/isolate", { endpoint_id: ENDPOINT });
    expect(await shown()).toEqual(["AGENT_PENDING_ISOLATION", null]);
    mock.clock.advance(done - 1);
    expect(await shown()).toEqual(["AGENT_PENDING_ISOLATION", null]);
    mock.clock.advance(1);
    expect(await shown()).toEqual(["AGENT_ISOLATED", NOW]);
    await client.act("endpoints/unisolate", { endpoint_id: ENDPOINT });
    expect(await shown()).toEqual(["AGENT_PENDING_ISOLATION_CANCELLATION", null]);
    mock.clock.advance(done);
    expect(await shown()).toEqual(["AGENT_UNISOLATED", null]);
  });

  it("that is offline has a pending isolation until it expires", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = cortexClient(mock);
    const action = await client.act("endpoints/isolate", { endpoint_id: OFFLINE });
    mock.clock.advance(DAY - 1);
    expect(await client.statuses(action)).toEqual({ [OFFLINE]: "PENDING" });
    expect(await client.endpoint(OFFLINE)).toMatchObject({
      is_isolated: "AGENT_PENDING_ISOLATION",
    });
    mock.clock.advance(1);
    expect(await client.statuses(action)).toEqual({ [OFFLINE]: "EXPIRED" });
    expect(await client.endpoint(OFFLINE)).toMatchObject({ is_isolated: "AGENT_UNISOLATED" });
  });

  it("whose isolation failed is not isolated, and can be isolated again", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = cortexClient(mock);
    const endpoint_id = reserved(2);
    await client.act("endpoints/isolate", { endpoint_id });
    mock.clock.advance(done);
    expect(await client.endpoint(endpoint_id)).toMatchObject({ is_isolated: "AGENT_UNISOLATED" });
    expect(await client.act("endpoints/isolate", { endpoint_id })).toBe("1002");
  });

  it("stays isolated when unisolate fails", async () => {
    await using mock = await startMock({ clock: CLOCK, progress: "manual" });
    const client = cortexClient(mock);
    const isolation = await client.act("endpoints/isolate", { endpoint_id: ENDPOINT });
    mock.actions.move(isolation);
    mock.actions.move(isolation);
    const back = await client.act("endpoints/unisolate", { endpoint_id: ENDPOINT });
    mock.actions.move(back, { state: "failed" });
    expect(await client.endpoint(ENDPOINT)).toMatchObject({
      is_isolated: "AGENT_ISOLATED",
      isolated_date: NOW,
    });
  });
});
