import { describe, expect, it } from "vitest";
import { startMock } from "../../../../src/index.ts";
import { AGENT, CLOCK, UNKNOWN } from "../../../support/qualys.ts";
import { qualysClient } from "../../../support/qualys-client.ts";
import { FILE_EVENT, OLD_AGENT } from "../../../support/qualys-inventory.ts";
import { badRequest, refusal, refused } from "../../../support/qualys-refused.ts";

const BASES = ["/ioc/events", "/ioc/v1/events"];

describe("one event", () => {
  it.each(["document", "recorded"] as const)("is an array of one (%s)", async (wire) => {
    await using mock = await startMock({ clock: CLOCK, wire });
    const client = qualysClient(mock);
    const filter = `event.id: ${FILE_EVENT}`;
    const { text } = await client.get("/ioc/events", { filter });
    for (const base of BASES) {
      for (const slash of ["", "/"]) {
        const answer = await client.get(`${base}/${AGENT}/${FILE_EVENT}${slash}`);
        expect(answer).toMatchObject({ status: 200, text });
      }
    }
  });

  it("ignores a filter, even an invalid one", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const client = qualysClient(mock);
    const path = `/ioc/events/${AGENT}/${FILE_EVENT}`;
    const { text } = await client.get(path);
    for (const filter of ["type: PROCESS", "(((", "event.nonsense: 1"]) {
      expect(await client.get(path, { filter })).toMatchObject({ status: 200, text });
    }
  });

  it("is found by ids that are percent-encoded, and by a GET that has a content type", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const path = `/ioc/events/${AGENT}/${FILE_EVENT.replaceAll("_", "%5F")}`;
    const headers = { "content-type": "application/json", accept: "text/plain" };
    expect((await qualysClient(mock).get(path, {}, headers)).status).toBe(200);
  });
});

describe("no event", () => {
  it.each([
    ["of an id that nobody has", AGENT, "F_0"],
    ["of another agent", OLD_AGENT, FILE_EVENT],
    ["of an agent that there is not", UNKNOWN, FILE_EVENT],
    ["of an agent in capitals", AGENT.toUpperCase(), FILE_EVENT],
    ["of an id in small letters", AGENT, FILE_EVENT.toLowerCase()],
    ["of what every object has", AGENT, "constructor"],
  ])("%s: 404, in both versions", async (_what, agentId, eventId) => {
    await using mock = await startMock({ clock: CLOCK });
    for (const base of BASES) {
      const ask = () => qualysClient(mock).get(`${base}/${agentId}/${eventId}`);
      expect(await refused(mock, ask)).toEqual(
        refusal("404 NOT_FOUND", "not-found", `There is no event ${eventId}`),
      );
    }
  });

  it("of what is not percent-encoded UTF-8: 400", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const ask = () => qualysClient(mock).get(`/ioc/events/${AGENT}/%ff`);
    expect(await refused(mock, ask)).toEqual(
      badRequest("Path/eventId is not percent-encoded UTF-8"),
    );
  });

  it("without an id: the call does not exist", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const ask = () => qualysClient(mock).get(`/ioc/events/${AGENT}`);
    expect(await refused(mock, ask)).toMatchObject({ status: 404, cause: "no-operation" });
  });
});
