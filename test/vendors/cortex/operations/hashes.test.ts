import { describe, expect, it } from "vitest";
import { WIRE_FORMS } from "../../../../src/core/tenant.ts";
import { startMock } from "../../../../src/mock.ts";
import { hashes } from "../../../../src/vendors/cortex/state.ts";
import { CLOCK, written } from "../../../support/cortex.ts";
import { cortexClient } from "../../../support/cortex-client.ts";
import { forgetsIncidents, subject } from "../../../support/cortex-suites.ts";

const A = "aa".repeat(32);
const B = "bb".repeat(32);
const C = "cc".repeat(32);

const LISTS = [
  {
    path: "blocklist",
    list: "block",
    add: "blocklistFiles",
    remove: "removeFromBlocklist",
    page: true,
  },
  {
    path: "allowlist",
    list: "allow",
    add: "allowlistFiles",
    remove: "removeFromAllowlist",
    page: true,
  },
  {
    path: "blacklist",
    list: "block",
    add: "blocklistFilesLegacy",
    remove: "removeFromBlocklistLegacy",
    page: false,
  },
] as const;

describe.each(WIRE_FORMS)("the lists of hashes, %s form", (wire) => {
  const done = { document: "true", recorded: '{"reply": true}' }[wire];
  const basis = (document: string, recorded: string): string =>
    wire === "document" ? document : recorded;

  it.each(LISTS)(
    "take a hash and let go of it at $path",
    async ({ path, list, add, remove, page }) => {
      await using mock = await startMock({ wire, clock: CLOCK });
      const { post } = cortexClient(mock);
      for (const slash of ["", "/"]) {
        const added = await post(`hash_exceptions/${path}${slash}`, { hash_list: [A, B] });
        expect([added.status, added.text]).toEqual([200, done]);
        expect(mock.store.all(hashes)).toEqual([
          { hash: A, list },
          { hash: B, list },
        ]);
        const exchange = mock.journal.entries().at(-1);
        expect(exchange?.operation).toBe(add);
        expect(exchange?.reply?.basis).toBe(
          page ? basis("documented", "recorded") : basis("assumed", "observed"),
        );
        const removed = await post(`hash_exceptions/${path}/remove${slash}`, { hash_list: [A, B] });
        expect([removed.status, removed.text]).toEqual([200, done]);
        expect(mock.store.all(hashes)).toEqual([]);
        const last = mock.journal.entries().at(-1);
        expect(last?.operation).toBe(remove);
        expect(last?.reply?.basis).toBe(basis("assumed", page ? "observed" : "assumed"));
      }
    },
  );

  it("skip hashes that are on either of them", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const { post } = cortexClient(mock);
    await post("hash_exceptions/allowlist", { hash_list: [A] });
    await post("hash_exceptions/blocklist", { hash_list: [B] });
    const hash_list = [A.toUpperCase(), B, C];
    expect((await post("hash_exceptions/blocklist", { hash_list })).text).toBe(done);
    expect(mock.store.all(hashes)).toEqual([
      { hash: A, list: "allow" },
      { hash: B, list: "block" },
      { hash: C, list: "block" },
    ]);
    expect((await post("hash_exceptions/blocklist/remove", { hash_list })).text).toBe(done);
    expect(mock.store.all(hashes)).toEqual([{ hash: A, list: "allow" }]);
  });

  it.each(["blocklist", "allowlist", "blacklist"])(
    "name what came onto them when they are asked to (%s)",
    async (path) => {
      await using mock = await startMock({ wire, clock: CLOCK });
      const { post } = cortexClient(mock);
      const add = (hash_list: string[], detailed_response: boolean) =>
        post(`hash_exceptions/${path}`, { hash_list, detailed_response });
      const detail = (added: string[], excluded: string[]): string =>
        wire === "document"
          ? "true"
          : written(
              wire,
              JSON.stringify({ reply: { added_hashes: added, excluded_hashes: excluded } }),
            );
      expect((await add([A], true)).text).toBe(detail([A], []));
      const loud = A.toUpperCase();
      expect((await add([loud, B], true)).text).toBe(detail([B], [loud]));
      expect((await add([B, C], false)).text).toBe(done);
    },
  );

  it("take any text as a hash, in upper or lower case", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const { post } = cortexClient(mock);
    const hash_list = ["String", "é", "x".repeat(500)];
    expect((await post("hash_exceptions/blocklist", { hash_list })).text).toBe(done);
    const again = { hash_list: ["sTRING"] };
    expect((await post("hash_exceptions/blocklist/remove", again)).text).toBe(done);
  });

  it("accept the former path of the block list, for the same list", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const { post } = cortexClient(mock);
    await post("hash_exceptions/blacklist", { hash_list: [A] });
    const one = { hash_list: [A] };
    expect((await post("hash_exceptions/blocklist/remove", one)).text).toBe(done);
    await post("hash_exceptions/blocklist", { hash_list: [A] });
    expect((await post("hash_exceptions/blacklist/remove", one)).text).toBe(done);
  });

  it("are separate for each tenant", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const other = await mock.tenant({ name: "other", wire });
    await cortexClient(mock).post("hash_exceptions/blocklist", { hash_list: [A] });
    const { post } = cortexClient({ ...other, url: mock.url });
    expect((await post("hash_exceptions/allowlist", { hash_list: [A] })).text).toBe(done);
  });
});

for (const { path, add, remove, page } of LISTS) {
  const data = { hash_list: [A], comment: "seen twice" };
  forgetsIncidents(subject(add, `hash_exceptions/${path}`, data, { page }));
  const gone = subject(remove, `hash_exceptions/${path}/remove`, data, { page: false });
  forgetsIncidents(gone, (mock) => cortexClient(mock).post(`hash_exceptions/${path}`, data));
}
