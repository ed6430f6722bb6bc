import { expect, it } from "vitest";
import { startMock } from "../../../src/mock.ts";
import { CLOCK, ENDPOINT } from "../../support/cortex.ts";
import { cortexClient, FILE, HASH, named, SECOND } from "../../support/cortex-client.ts";

const FILTERS = { filters: named(ENDPOINT) };
const LIST = { hash_list: [HASH] };

/** Paths of older clients: the plain path of the same call, the operation, and a request that succeeds. */
const SIBLINGS = [
  ["audits/endpoints/restore", "endpoints/restore", "restoreFileLegacy", { file_hash: HASH }],
  ["audits/endpoints/scan", "endpoints/scan", "scanEndpointsLegacy", FILTERS],
  ["audits/endpoints/abort_scan", "endpoints/abort_scan", "abortScanLegacy", FILTERS],
  [
    "audits/endpoints/file_retrieval",
    "endpoints/file_retrieval",
    "retrieveFilesLegacy",
    { ...FILTERS, files: { windows: ["C:\\x"] } },
  ],
  ["audits/hash_exceptions/blacklist", "hash_exceptions/blocklist", "blocklistFilesAudits", LIST],
  ["audits/hash_exceptions/whitelist", "hash_exceptions/allowlist", "allowlistFilesAudits", LIST],
  ["hash_exceptions/whitelist", "hash_exceptions/allowlist", "allowlistFilesLegacy", LIST],
] as const;

it.each(SIBLINGS)("%s does what %s does", async (sibling, plain, operation, data) => {
  const replies: string[] = [];
  for (const path of [sibling, `${sibling}/`, plain]) {
    await using mock = await startMock({ wire: "recorded", clock: CLOCK });
    const { post, act } = cortexClient(mock);
    if (path.includes("restore")) {
      await act("endpoints/quarantine", { ...FILTERS, ...FILE });
      mock.clock.advance(2 * SECOND);
    }
    if (path.includes("abort")) await act("endpoints/scan", FILTERS);
    const { status, text } = await post(path, data);
    expect(status).toBe(200);
    replies.push(text);
    const exchange = mock.journal.entries().at(-1);
    if (path !== plain) {
      expect(exchange).toMatchObject({ operation, reply: { basis: "observed" } });
    }
  }
  expect(new Set(replies).size).toBe(1);
});

it.each(SIBLINGS)("%s refuses what %s refuses, with the same words", async (sibling, plain) => {
  await using mock = await startMock({ wire: "recorded", clock: CLOCK });
  const { post } = cortexClient(mock);
  const [here, there] = [await post(sibling, {}), await post(plain, {})];
  expect(here.status).toBe(500);
  expect(here.text).toBe(there.text);
});
