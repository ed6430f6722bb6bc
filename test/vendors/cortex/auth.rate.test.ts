import { describe, expect, it } from "vitest";
import { WIRE_FORMS } from "../../../src/core/tenant.ts";
import { type Mock, startMock } from "../../../src/mock.ts";
import { CLOCK, ENDPOINT } from "../../support/cortex.ts";
import { type CortexClient, cortexClient, SECOND } from "../../support/cortex-client.ts";
import { rateLimited, refused } from "../../support/cortex-refusals.ts";

const HEALTH = "/public_api/v1/healthcheck";

const ask = async ({ send }: CortexClient): Promise<number> =>
  (await send(HEALTH, { method: "GET" })).status;

/** So many calls, one after the other. */
async function calls(client: CortexClient, many: number): Promise<number[]> {
  const statuses: number[] = [];
  for (let call = 0; call < many; call++) statuses.push(await ask(client));
  return statuses;
}

const limited = (): Promise<Mock> => startMock({ clock: CLOCK, rateLimit: "429" });

describe.each(WIRE_FORMS)("ten calls a second, %s form", (wire) => {
  it("succeed, and the next is refused without an effect", async () => {
    await using mock = await startMock({ wire, clock: CLOCK, rateLimit: "429" });
    const client = cortexClient(mock);
    expect(await calls(client, 10)).toEqual(Array(10).fill(200));
    const call = () => client.post("endpoints/isolate", { endpoint_id: ENDPOINT });
    expect(await refused(mock, "isolateEndpoints", call)).toEqual(rateLimited[wire]);
    expect(mock.actions.list()).toEqual([]);
  });

  it("are the limit of every call together, of a path that is none as well", async () => {
    await using mock = await startMock({ wire, clock: CLOCK, rateLimit: "429" });
    const { post, send } = cortexClient(mock);
    for (let call = 0; call < 5; call++) {
      await send("/public_api/v1/no/such/call");
      await post("endpoints/get_endpoints", {});
    }
    const { status, text } = await send("/public_api/v1/no/such/call");
    expect([status, text]).toEqual([429, rateLimited[wire].text]);
    expect(mock.journal.entries().at(-1)?.reply).toMatchObject({
      cause: "rate-limited",
      basis: "assumed",
    });
  });
});

describe("the rate", () => {
  it("starts again when its second is over, and not before", async () => {
    await using mock = await limited();
    const client = cortexClient(mock);
    await calls(client, 1);
    mock.clock.advance(SECOND - 1);
    expect(await calls(client, 10)).toEqual([...Array(9).fill(200), 429]);
    mock.clock.advance(1);
    expect(await calls(client, 11)).toEqual([...Array(10).fill(200), 429]);
  });

  it("does not count the calls that it refused", async () => {
    await using mock = await limited();
    const client = cortexClient(mock);
    await calls(client, 30);
    mock.clock.advance(SECOND);
    expect(await calls(client, 11)).toEqual([...Array(10).fill(200), 429]);
  });

  it("applies to simultaneous calls", async () => {
    await using mock = await limited();
    const client = cortexClient(mock);
    const statuses = await Promise.all(Array.from({ length: 30 }, () => ask(client)));
    expect(statuses.toSorted()).toEqual([...Array(10).fill(200), ...Array(20).fill(429)]);
  });

  it("is shared by all keys of a tenant, with or without a licence", async () => {
    await using mock = await limited();
    await calls(cortexClient(mock), 9);
    expect(await ask(cortexClient(mock, "no licence (402)"))).toBe(402);
    expect(await ask(cortexClient(mock, "no permission (403)"))).toBe(429);
    expect(await ask(cortexClient(mock))).toBe(429);
  });

  it("neither counts nor hides bad credentials", async () => {
    await using mock = await limited();
    expect(await calls(cortexClient(mock, "revoked (401)"), 20)).toEqual(Array(20).fill(401));
    expect(await calls(cortexClient(mock), 10)).toEqual(Array(10).fill(200));
    expect(await ask(cortexClient(mock, "revoked (401)"))).toBe(401);
  });

  it("is each tenant's own", async () => {
    await using mock = await limited();
    const other = await mock.tenant({ name: "other" });
    const free = await mock.tenant({ name: "free", rateLimit: "off" });
    expect(await calls(cortexClient(mock), 11)).toContain(429);
    const theirs = cortexClient({ ...other, url: mock.url });
    expect(await calls(theirs, 11)).toEqual([...Array(10).fill(200), 429]);
    other.clock.advance(SECOND);
    expect(await ask(theirs)).toBe(200);
    expect(await ask(cortexClient(mock))).toBe(429);
    expect(await calls(cortexClient({ ...free, url: mock.url }), 30)).not.toContain(429);
  });

  it("starts again with a reset", async () => {
    await using mock = await limited();
    const client = cortexClient(mock);
    await calls(client, 11);
    mock.reset();
    expect(await calls(client, 10)).toEqual(Array(10).fill(200));
  });

  it("is refused with 429 by this vendor, even with another vendor's setting", async () => {
    await using mock = await startMock({ clock: CLOCK, rateLimit: "409" });
    expect(await calls(cortexClient(mock), 11)).toEqual([...Array(10).fill(200), 429]);
  });

  it("is off by default", async () => {
    await using mock = await startMock({ clock: CLOCK });
    expect(await calls(cortexClient(mock), 50)).toEqual(Array(50).fill(200));
  });
});
