import { AGENT, UNKNOWN } from "./qualys.ts";
import type { Answer, QualysClient } from "./qualys-client.ts";
import { FILE_EVENT } from "./qualys-inventory.ts";

/** A way to make one good call of an operation. */
export interface GoodCall {
  readonly operation: string;
  readonly path: string;
  /** A body makes it a POST. */
  readonly body?: unknown;
}

const CALLS: readonly GoodCall[] = [
  {
    operation: "performAction",
    path: "/remediation-actions/performAction?user=jd&userId=jd1",
    body: [{ actionId: 0, agentId: AGENT, eventId: FILE_EVENT, eventType: "FILE" }],
  },
  { operation: "getRemediation", path: `/remediation-actions/activityLog/${UNKNOWN}` },
  { operation: "listEvents", path: "/events" },
  { operation: "countEvents", path: "/events/count" },
  { operation: "searchEventsAfter", path: "/events/searchAfter" },
  { operation: "getEvent", path: `/events/${AGENT}/${FILE_EVENT}` },
  { operation: "listAssets", path: "/asset/all" },
  { operation: "countAssets", path: "/asset/count" },
];

/** A call of every operation that wants a token, quarantining aside, with and without a version. */
export const GOOD_CALLS: readonly GoodCall[] = CALLS.flatMap((call) => [
  { ...call, path: `/ioc${call.path}` },
  { ...call, operation: `${call.operation}V1`, path: `/ioc/v1${call.path}` },
]);

export const make = (client: QualysClient, { path, body }: GoodCall): Promise<Answer> =>
  body === undefined ? client.get(path) : client.post(path, body);
