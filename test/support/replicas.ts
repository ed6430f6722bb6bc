import { onTestFinished } from "vitest";
import { type ControlClient, createClient } from "../../src/client.ts";
import type { Exchange } from "../../src/core/journal/journal.ts";
import { type Mock, serve } from "../../src/mock.ts";
import { readSettings } from "../../src/settings/read.ts";
import type { Settings } from "../../src/settings/table.ts";
import { type CortexClient, cortexClient } from "./clients.ts";
import type { Hub, Trouble } from "./place.ts";

/** A server in this process that shares a place with others. */
export interface Replica {
  readonly mock: Mock;
  readonly trouble: Trouble;
  /** Its control API. */
  readonly control: ControlClient;
  /** A client of tenant `default` there. */
  readonly cortex: CortexClient;
  /** What its log would show. */
  readonly log: readonly Exchange[];
}

export async function startReplica(hub: Hub, settings: Partial<Settings> = {}): Promise<Replica> {
  const place = hub.place();
  const log: Exchange[] = [];
  const all = readSettings([
    { values: { port: 0, clock: "2026-01-31T12:00:00Z", ...settings }, call: (name) => name },
  ]);
  const mock = await serve(all, (exchange) => log.push(exchange), place);
  onTestFinished(() => mock.close());
  const control = createClient({ url: mock.url });
  return { mock, trouble: place.trouble, control, cortex: cortexClient(mock), log };
}
