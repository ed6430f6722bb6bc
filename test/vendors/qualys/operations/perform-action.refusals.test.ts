import { describe, expect, it } from "vitest";
import { startMock } from "../../../../src/index.ts";
import { AGENT, CLOCK, reserved, UNKNOWN } from "../../../support/qualys.ts";
import { eventAction, qualysClient, WHO } from "../../../support/qualys-client.ts";
import { FILE_EVENT, reservedEvent } from "../../../support/qualys-inventory.ts";
import { badRequest, refusal, refused } from "../../../support/qualys-refused.ts";

const PATH = "/ioc/remediation-actions/performAction";

describe("performAction refuses with 400, and queues nothing", () => {
  const { actionId: _, ...actionless } = eventAction() as Record<string, unknown>;
  const BODIES: readonly (readonly [what: string, body: unknown, message: string])[] = [
    ["an empty array", [], "The body must NOT have fewer than 1 items"],
    ["201 entries", Array(201).fill(eventAction()), "The body must NOT have more than 200 items"],
    ["an entry that is none", [null], "/0 must be object"],
    ["a missing actionId", [actionless], "/0/actionId is required"],
    ["a missing agentId", [eventAction({ agentId: undefined })], "/0/agentId is required"],
    ["a missing eventId", [eventAction({ eventId: undefined })], "/0/eventId is required"],
    ["a missing eventType", [eventAction({ eventType: undefined })], "/0/eventType is required"],
    ["an actionId in a text", [eventAction({ actionId: "0" })], "/0/actionId must be integer"],
    ["half an actionId", [eventAction({ actionId: 0.5 })], "/0/actionId must be integer"],
    ["a pid in a text", [eventAction({ pid: "4000" })], "/0/pid must be integer"],
    ["a number for an eventId", [eventAction({ eventId: 1 })], "/0/eventId must be string"],
    [
      "an empty agentId",
      [eventAction({ agentId: "" })],
      "/0/agentId must NOT have fewer than 1 characters",
    ],
    [
      "an unknown field",
      [eventAction(), eventAction({ assetId: 1 })],
      "/1/assetId is not a field of this call",
    ],
  ];

  it.each(BODIES)("%s", async (_what, body, message) => {
    await using mock = await startMock({ clock: CLOCK });
    const ask = () => qualysClient(mock).post(PATH, body, WHO);
    expect(await refused(mock, ask)).toEqual(badRequest(message));
  });

  it.each([
    ["a single object", eventAction()],
    ["an object of entries", { actions: [eventAction()] }],
    ["a text", '"x"'],
    ["null", null],
  ])("%s for an array, as not-an-object", async (_what, body) => {
    await using mock = await startMock({ clock: CLOCK });
    const ask = () => qualysClient(mock).post(PATH, body, WHO);
    expect(await refused(mock, ask)).toEqual(badRequest("The body must be array", "not-an-object"));
  });

  it.each<readonly [what: string, query: Readonly<Record<string, string>>, message: string]>([
    ["no user", { userId: "jd" }, "Query/user is required"],
    ["no userId", { user: "jd" }, "Query/userId is required"],
    ["an empty user", { ...WHO, user: "" }, "Query/user must NOT have fewer than 1 characters"],
    [
      "an empty userId",
      { ...WHO, userId: "" },
      "Query/userId must NOT have fewer than 1 characters",
    ],
    ["the user in another spelling", { User: "jd", userId: "jd" }, "Query/user is required"],
  ])("%s in the query", async (_what, query, message) => {
    await using mock = await startMock({ clock: CLOCK });
    const ask = () => qualysClient(mock).post(PATH, [eventAction()], query);
    expect(await refused(mock, ask)).toEqual(badRequest(message));
  });

  it("a body that is not JSON, and a form", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    expect(await refused(mock, () => client.post(PATH, "[{]", WHO))).toMatchObject({
      status: 400,
      cause: "malformed",
    });
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    expect(await refused(mock, () => client.post(PATH, "a=b", WHO, headers))).toEqual(
      badRequest(
        "Header/content-type must be application/json, not application/x-www-form-urlencoded",
      ),
    );
  });
});

describe("performAction refuses what it does not know, all of it for one entry", () => {
  const other = "d966e68f-5b42-4e44-a911-739fe1d0d0b3";

  it.each([
    ["an unknown agent", { agentId: UNKNOWN }, "no-target", `asset with the agentId ${UNKNOWN}`],
    ["an unknown event", { eventId: "F_0" }, "not-found", "event F_0"],
    ["an event of another agent", { agentId: other }, "not-found", `event ${FILE_EVENT}`],
    ["an agent for an event", { eventId: AGENT }, "not-found", `event ${AGENT}`],
  ])("%s", async (_what, stray, cause, named) => {
    await using mock = await startMock({ clock: CLOCK });
    const ask = () => qualysClient(mock).post(PATH, [eventAction(), eventAction(stray)], WHO);
    expect(await refused(mock, ask)).toEqual(
      refusal("404 NOT_FOUND", cause, `There is no ${named}`),
    );
    expect(mock.actions.list()).toEqual([]);
  });

  it.each([
    [400, "malformed"],
    [401, "unauthenticated"],
    [403, "forbidden"],
    [500, "failure"],
  ])("with %i for the agent that is reserved for it", async (code, cause) => {
    await using mock = await startMock({ clock: CLOCK });
    const aimed = eventAction({ agentId: reserved(code), eventId: reservedEvent(code) });
    const ask = () => qualysClient(mock).post(PATH, [eventAction(), aimed], WHO);
    expect(await refused(mock, ask)).toMatchObject({ status: code, cause });
  });

  it("once for the agent that is reserved for one call too many", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const aimed = eventAction({ agentId: reserved(429), eventId: reservedEvent(429) });
    const ask = () => qualysClient(mock).post(PATH, [aimed], WHO);
    expect(await ask()).toMatchObject({ status: 429 });
    expect(mock.actions.list()).toEqual([]);
    expect(await ask()).toMatchObject({ status: 200 });
  });
});
