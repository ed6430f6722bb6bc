import type { Request, Response } from "express";
import type { Fault } from "../core/faults/fault.ts";
import type { Strike } from "../core/faults/faults.ts";
import type { Tenant } from "../core/tenant.ts";
import type { Service } from "../core/vendor.ts";
import { type Outcome, ownFault } from "./answer.ts";
import { spoil, transmit } from "./faults/socket-faults.ts";
import type { Recording } from "./recorder.ts";
import type { Turn } from "./shared/transaction.ts";
import { endWithClient, whenEnded } from "./wire/connection-end.ts";
import { isTakenBack } from "./wire/read-request.ts";
import { render, sendEvents, sendTogether, type Wire } from "./wire/write-response.ts";

/** An outcome on its way out. */
export interface Delivery {
  readonly req: Request;
  readonly res: Response;
  readonly outcome: Outcome;
  readonly service: Service | undefined;
  readonly tenant: Tenant;
  /** Nothing where the exchange is not recorded. */
  readonly recording: Recording | undefined;
  readonly turn: Turn;
}

/**
 * Writes a reply, and notes it. Answers how to send it, with what strikes it; the recording ends when the connection is
 * done with it.
 */
export function prepare(delivery: Delivery): () => void | Promise<void> {
  const { req, res, outcome, recording } = delivery;
  const { reply, strike } = outcome;
  if (strike) {
    recording?.decided(outcome);
    return () => deliverStruck(delivery, strike);
  }
  const wait = (): void => whenEnded(res, req.socket, () => close(delivery));
  if (isGone(req)) {
    recording?.replied(outcome, undefined);
    return wait;
  }
  const { wire, said } = written(delivery);
  recording?.replied(said, wire);
  return () => {
    if (!reply.events) return sendTogether(res, wire, wait);
    sendEvents(res, wire, reply);
    res.once("close", endWithClient(req));
    wait();
  };
}

function close({ res, recording, turn }: Delivery): void {
  const aborted = !res.writableFinished;
  const closing = turn(() => recording?.closed(aborted));
  // The client has its reply; that the journal lacks its end is for whoever runs this server to know.
  if (closing instanceof Promise) closing.catch((error) => process.emitWarning(error));
}

async function deliverStruck(delivery: Delivery, { fault, delayMs }: Strike): Promise<void> {
  const { req, res, outcome, tenant, recording, turn } = delivery;
  const end = new Promise<void>((resolve) => whenEnded(res, req.socket, resolve));
  const gone = new AbortController();
  void end.then(() => gone.abort());
  const stay = endWithClient(req);
  if (delayMs > 0) await tenant.clock.until(tenant.clock.now() + delayMs, gone.signal);
  const spoilt = await turn(() => {
    if (isGone(req)) return void recording?.replied(outcome, undefined);
    const { wire, said } = written(delivery);
    const struck = spoil(wire, fault);
    recording?.replied(said, isSilent(fault) ? undefined : struck);
    return struck;
  });
  if (spoilt) await transmit(req, res, spoilt, tenant, fault, gone.signal);
  await end;
  stay();
  close(delivery);
}

/** A reply in its wire form; one that has none is our mistake, and said to be that. */
function written({ req, outcome, service, tenant }: Delivery): {
  readonly wire: Wire;
  readonly said: Outcome;
} {
  try {
    return { wire: render(req, outcome, service, tenant), said: outcome };
  } catch (error) {
    const said = { ...outcome, ...ownFault(error) };
    return { wire: render(req, said, undefined, tenant), said };
  }
}

/** Nobody is left to read a reply. */
const isGone = (req: Request): boolean => req.socket.destroyed || isTakenBack(req);

/** Whether nothing of the reply goes out. */
function isSilent(fault: Fault): boolean {
  switch (fault.kind) {
    case "EMPTY_RESPONSE":
    case "MALFORMED_RESPONSE_CHUNK":
    case "RANDOM_DATA_THEN_CLOSE":
      return true;
    default:
      return fault.kind === "CONNECTION_RESET_BY_PEER" && fault.afterBytes === undefined;
  }
}
