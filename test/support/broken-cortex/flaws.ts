import { read } from "../repository.ts";
import { SIGNING_EXAMPLE } from "../signing.ts";
import { MORE_FLAWS } from "./more-flaws.ts";
import { STILL_MORE_FLAWS } from "./still-more-flaws.ts";

/** A client with one flaw: the Node example with one place of it changed. */
export interface Flaw {
  /** The client's mistake. */
  readonly does: string;
  readonly from: string;
  readonly to: string;
  /** The id of the rule or case that is to find it. */
  readonly caughtBy: string;
  /** The severity; `must` by default. */
  readonly as?: "must" | "should";
  /** The case in which it shows, where that is not the one that finds it. */
  readonly in?: string;
  /** What else calls it a must, by its id: a mistake in every call breaks the case as well. */
  readonly also?: readonly string[];
  /** Its calls show no tenant, so that it needs a mock of its own. */
  readonly stray?: true;
  /** The client uses an advanced key. */
  readonly signs?: true;
  /** The time limit, for a client that does not end. */
  readonly limitMs?: number;
}

export const FLAWS: readonly Flaw[] = [
  {
    does: "sends an MD5",
    from: "file_hash: fileHash,",
    to: "file_hash: fileHash.slice(0, 32),",
    caughtBy: "cortex.hash.form",
    in: "cortex.quarantine.two",
  },
  {
    does: "sends an empty list where it was given no endpoint",
    from: 'if (endpoints.length === 0) throw new Error("no endpoints were given");',
    to: "if (endpoints.length === 0) await quarantine([]);",
    caughtBy: "cortex.targets.none",
    as: "should",
  },
  {
    does: "puts any number of endpoints into one call",
    from: "const MOST_ENDPOINTS = 1000;",
    to: "const MOST_ENDPOINTS = Infinity;",
    caughtBy: "cortex.targets.beyond",
  },
  {
    does: "lets the endpoints beyond the limit fall",
    from: "from < endpoints.length; from += MOST_ENDPOINTS",
    to: "from < 1; from += MOST_ENDPOINTS",
    caughtBy: "cortex.targets.beyond",
  },
  {
    does: "asks for the first endpoint only",
    from: 'operator: "in", value: batch }',
    to: 'operator: "in", value: batch.slice(0, 1) }',
    caughtBy: "cortex.quarantine.two",
  },
  {
    does: "sends text in an encoding of its own",
    from: "body: JSON.stringify({ request_data: requestData }),",
    to: 'body: Buffer.from(JSON.stringify({ request_data: requestData }), "latin1"),',
    caughtBy: "cortex.quarantine.non-ascii",
  },
  {
    does: "sends a call again whose reply was lost",
    from: "const isBusy = error.status === 429",
    to: "const isBusy = error.status === undefined",
    caughtBy: "cortex.transport.reset-after-effect",
  },
  {
    does: "sends a call again after a gateway's 502",
    from: "const isBusy = error.status === 429",
    to: "const isBusy = error.status === 502",
    caughtBy: "cortex.errors.bad-gateway",
  },
  {
    does: "sends a call again that was refused for good",
    from: "const isBusy = error.status === 429",
    to: "const isBusy = error.status === 402",
    caughtBy: "retry.hopeless",
    in: "cortex.refusals.unlicensed",
  },
  {
    does: "tries again without a pause and without an end",
    from: "if (!isBusy || attempt === MOST_ATTEMPTS || pause > secondsLeft()) throw error;",
    to: "if (!isBusy || attempt === 20) throw error; else continue;",
    caughtBy: "cortex.busy.always-unavailable",
  },
  {
    does: "takes a missing licence for a missing permission",
    from: "this.status = status;",
    to: "this.status = status === 402 ? 403 : status;",
    caughtBy: "cortex.refusals.unlicensed",
  },
  {
    does: "ends as if all went well when it was refused",
    from: '["accepted", "completed"].includes(word.outcome) ? 0 : 1',
    to: "0",
    caughtBy: "cortex.refusals.failure",
  },
  {
    does: "takes any body with status 200 for a success",
    from: "return JSON.parse(body).reply;",
    to: "try { return JSON.parse(body).reply; } catch { return { action_id: 1, status: 1 }; }",
    caughtBy: "cortex.errors.html-200",
  },
  {
    does: "does not look whether the action was sent",
    from: "if (Number(reply.status) !== 1)",
    to: "if (reply.status === undefined)",
    caughtBy: "cortex.replies.not-sent",
  },
  {
    does: "wants an action id of one type",
    from: "if (Number(reply.status) !== 1)",
    to: 'if (reply.status !== "1")',
    caughtBy: "cortex.replies.types",
  },
  {
    does: "wants no fields but those it knows",
    from: "if (Number(reply.status) !== 1)",
    to: "if (Number(reply.status) !== 1 || Object.keys(reply).length !== 3)",
    caughtBy: "cortex.replies.extra-fields",
  },
  {
    does: "says that it is done when the request was taken",
    from: 'if (!wait) return { outcome: "accepted", actionId };',
    to: 'return { outcome: wait ? "completed" : "accepted", actionId };',
    caughtBy: "cortex.endings.file-absent",
  },
  {
    does: "takes a status that it does not know for success",
    from: 'if (count("COMPLETED_SUCCESSFULLY") === statuses.length)',
    to: "if (count(...FINAL.slice(1), ...UNDER_WAY) === 0)",
    caughtBy: "cortex.replies.unknown-status",
  },
  {
    does: "takes success in part for success",
    from: 'if (count("COMPLETED_SUCCESSFULLY") === statuses.length)',
    to: 'if (count("COMPLETED_SUCCESSFULLY", "COMPLETED_PARTIAL") === statuses.length)',
    caughtBy: "cortex.endings.partial",
  },
  {
    does: "takes success on one endpoint for success on all",
    from: 'if (count("COMPLETED_SUCCESSFULLY") === statuses.length)',
    to: 'if (count("COMPLETED_SUCCESSFULLY") > 0)',
    caughtBy: "cortex.endings.mixed",
  },
  {
    does: "takes an action that is about to be aborted for a success",
    from: "FINAL.includes(data[id])",
    to: 'FINAL.includes(data[id]) || (data[id] === "PENDING_ABORT" && (data[id] = FINAL[0]))',
    caughtBy: "cortex.endings.aborted",
  },
  {
    does: "follows an action for ever",
    from: "while (secondsLeft() > pollSeconds)",
    to: "while (true)",
    caughtBy: "cortex.endings.never-picked-up",
    limitMs: 3000,
  },
  {
    does: "goes on asking when its key is refused",
    from: "if (error.status < 500) throw error;",
    to: "if (error.status < 400) throw error;",
    caughtBy: "cortex.refusals.key-revoked-meanwhile",
  },
  ...MORE_FLAWS,
  ...STILL_MORE_FLAWS,
];

const EXAMPLE = "examples/cortex/client.mjs";

/** The text of the example with that flaw. */
export function programThat({ does, from, to, signs }: Flaw): string {
  const parts = (signs ? SIGNING_EXAMPLE : read(EXAMPLE)).split(from);
  if (parts.length !== 2) throw new Error(`${EXAMPLE} cannot be made into one that ${does}`);
  return parts.join(to);
}
