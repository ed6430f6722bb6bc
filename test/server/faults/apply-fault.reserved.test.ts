import { describe, expect, it } from "vitest";
import { WIRE_FORMS } from "../../../src/core/tenant.ts";
import * as cortex from "../../support/cortex.ts";
import { cortexCall, type GoodCall, qualysCall } from "../../support/good-calls.ts";
import * as qualys from "../../support/qualys.ts";
import { startWatched, type Watched } from "../../support/watched.ts";

const CODE = 104;
const HOST = cortex.reserved(CODE);

const to = (path: string, requestData: object): GoodCall => ({
  ...cortexCall,
  path: `/public_api/v1/${path}`,
  body: JSON.stringify({ request_data: requestData }),
});

const resetting: readonly (readonly [what: string, call: GoodCall])[] = [
  [
    "cortex's quarantine",
    { ...cortexCall, body: JSON.stringify(cortex.filtered(cortex.filter(HOST))) },
  ],
  ["cortex's scan", to("endpoints/scan", { filters: [cortex.filter(HOST)] })],
  [
    "qualys's quarantine",
    { ...qualysCall, body: JSON.stringify(qualys.aimedAt(qualys.reserved(CODE))) },
  ],
  [
    "qualys's quarantine of several",
    { ...qualysCall, body: JSON.stringify(qualys.aimedAt(qualys.AGENT, qualys.reserved(CODE))) },
  ],
];

/** What a client gets: status and body, or the error of a broken connection. */
async function call({ url }: Watched, { path, headers, body }: GoodCall): Promise<string> {
  const init = { method: "POST", headers: headers as Record<string, string>, body };
  const reply = await fetch(`${url}${path}`, init);
  return reply.text().then(
    (text) => `${reply.status} ${text}`,
    (error: Error) => `${reply.status} ${error.message}`,
  );
}

describe.each(WIRE_FORMS)("the reserved target that resets, %s form", (wire) => {
  it.each(resetting)(
    "cuts the first reply of %s, whose effect takes place",
    async (_what, good) => {
      await using mock = await startWatched({ wire, clock: cortex.CLOCK });
      expect(await call(mock, good)).toBe("200 terminated");
      expect(await mock.closed()).toMatchObject({
        aborted: true,
        reply: { status: 200, cause: "ok" },
        fault: { rule: "reserved target", kind: "CONNECTION_RESET_BY_PEER", effect: true },
      });
      expect(mock.actions.list()).toHaveLength(1);
      // A client that tries again makes a second action. A second scan must wait for the first.
      mock.clock.advance(10_000);
      expect(await call(mock, good)).toMatch(/^200 \{/);
      expect((await mock.closed()).fault).toBeUndefined();
      expect(mock.actions.list()).toHaveLength(2);
    },
  );

  it("resets again after a reset of the tenant", async () => {
    await using mock = await startWatched({ wire });
    const [, good] = resetting[0] ?? ["", cortexCall];
    for (let run = 0; run < 2; run++) {
      expect(await call(mock, good)).toBe("200 terminated");
      expect(await call(mock, good)).toMatch(/^200 \{/);
      mock.reset();
    }
  });

  it("does nothing to a call for all, or to one that does not name it", async () => {
    await using mock = await startWatched({ wire });
    const [, scan] = resetting[1] ?? ["", cortexCall];
    expect(await call(mock, to("endpoints/scan", { filters: "all" }))).toMatch(/^200 \{/);
    expect(mock.actions.list()[0]?.targets.map(({ id }) => id)).toContain(HOST);
    for (const good of [to("endpoints/get_endpoints", {}), cortexCall, qualysCall]) {
      expect(await call(mock, good)).toMatch(/^200 /);
    }
    expect(mock.journal.entries().filter(({ fault }) => fault)).toEqual([]);
    // The reset is still there for the first call that names it.
    mock.clock.advance(10_000);
    expect(await call(mock, scan)).toBe("200 terminated");
  });

  it("is not used up by a call that is refused", async () => {
    await using mock = await startWatched({ wire });
    const [, good] = resetting[0] ?? ["", cortexCall];
    const headers = { ...good.headers, authorization: "wrong" };
    expect(await call(mock, { ...good, headers })).toMatch(/^401 \{/);
    expect(await call(mock, good)).toBe("200 terminated");
  });
});
