import { expect, it } from "vitest";
import { type Client, commandClient } from "../../src/contract/client.ts";
import type { Exchange } from "../../src/core/journal/journal.ts";
import { type Mock, startMock, type TenantHandle } from "../../src/index.ts";
import { contract } from "../../src/vendors/qualys/contract.ts";
import { programClient } from "../support/program-client.ts";
import { pathOf } from "../support/programs.ts";
import { onDisk, read } from "../support/repository.ts";

const LAPTOP = "9589ad4e-670a-460a-8d69-43184b3df1a7";
const WIRES = ["document", "recorded"] as const;
const MODES = ["time", "polls", "manual"] as const;

/** The task: the host with malicious events in the last hour is quarantined, and released. */
const TASK = {
  sinceSeconds: 3600,
  minScore: 8,
  pageSize: 2,
  action: "QUARANTINE_HOST",
  comment: "Malicious events",
  version: "v1",
  wait: true,
  release: true,
  pollSeconds: 0.02,
  giveUpSeconds: 30,
};

/** The clock or a hand moves the action after each poll, so that nobody waits for real seconds. */
const move: Readonly<Record<(typeof MODES)[number], (tenant: TenantHandle) => void>> = {
  time: ({ clock }) => clock.advance(1000),
  polls: () => {},
  manual: ({ actions }) => {
    const open = actions.list().find(({ targets }) => targets.some((one) => !isOver(one.state)));
    if (open) actions.move(open.id);
  },
};

const isOver = (state: string): boolean => state === "succeeded";

async function story(client: Client, mock: Mock, tenant: TenantHandle): Promise<void> {
  const credentials = tenant.credentials["qualys"] as Parameters<typeof contract.environment>[1];
  const environment = contract.environment(mock.url, credentials, undefined);
  const task = { case: "story", vendor: "qualys", operation: "listEvents", input: TASK };
  const { stdout, stderr } = await client({ ...task, environment }, 60_000);
  expect(JSON.parse(stdout || `"${stderr}"`)).toMatchObject({ outcome: "completed" });

  const exchanges = tenant.journal.entries();
  expect(exchanges.every(({ reply }) => (reply?.status ?? 500) < 300)).toBe(true);
  const bodies = (named: RegExp): Record<string, unknown>[] =>
    exchanges
      .filter(({ operation = "" }) => named.test(operation))
      .map(({ reply }) => JSON.parse(reply?.body.text ?? "null"));
  const rows = bodies(/^listEvents/).flat();
  expect(rows.map(({ score }) => score)).toEqual(expect.arrayContaining(["8", "10", "3"]));
  expect(rows.flatMap((row) => row["indicator2"] ?? [])[0]).toMatchObject({
    score: tenant.settings.wire === "document" ? expect.any(String) : expect.any(Number),
  });
  const [quarantined = [], released = []] = ["Quarantine Host", "UnQuarantine Host"].map((action) =>
    bodies(/^getRemediation/).filter((details) => details["action"] === action),
  );
  for (const details of [quarantined, released]) {
    expect(new Set(details.map(({ status }) => status))).toEqual(
      new Set(["queued", "in progress", "success"]),
    );
    expect(details.at(-1)).toMatchObject({ agentId: LAPTOP, hostName: "jd-laptop" });
  }
  expect(tenant.actions.list().map(({ targets }) => targets.map(({ id }) => id))).toEqual([
    [LAPTOP],
    [LAPTOP],
  ]);
}

const LANGUAGES: readonly (readonly [language: string, client: () => Client])[] = [
  ["Node", () => programClient(read("examples/qualys/client.mjs"))],
  ["Python", () => commandClient([pathOf("Python"), onDisk("examples/qualys/client.py")])],
];

it.for(LANGUAGES)(
  "from an event to its host's quarantine, the details and the release: by time, polls and hand, in both wire forms, in %s",
  async ([, client]) => {
    const tenants = new Map<string, TenantHandle>();
    const onExchange = ({ tenant, operation }: Exchange): void => {
      const own = tenants.get(tenant);
      if (own && operation === "getRemediationV1") move[own.settings.progress](own);
    };
    await using mock = await startMock({ onExchange });
    for (const wire of WIRES) {
      for (const progress of MODES) {
        const own = await mock.tenant({ name: `${wire}-${progress}`, wire, progress });
        own.clock.freeze();
        tenants.set(own.name, own);
      }
    }
    await Promise.all([...tenants.values()].map((tenant) => story(client(), mock, tenant)));
  },
);
