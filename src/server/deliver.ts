import type { Request, Response } from "express";
import type { Fault } from "../core/fault.ts";
import type { Tenant } from "../core/tenant.ts";
import type { Service } from "../core/vendor.ts";
import type { Outcome } from "./answer.ts";
import { ended } from "./ended.ts";
import type { Recording } from "./recorder.ts";
import { isTakenBack } from "./request.ts";
import { render, sendEvents } from "./send.ts";
import { spoil, transmit } from "./transmit.ts";

/** An outcome on its way out. */
export interface Delivery {
  readonly req: Request;
  readonly res: Response;
  readonly outcome: Outcome;
  readonly service: Service | undefined;
  readonly tenant: Tenant;
  /** Nothing where the exchange is not recorded. */
  readonly recording: Recording | undefined;
}

/** Sends an outcome, with what strikes it, and ends its recording when the connection is done with it. */
export async function deliver(delivery: Delivery): Promise<void> {
  const { req, res, outcome, service, tenant, recording } = delivery;
  const { reply, strike } = outcome;
  const end = ended(res, req.socket);
  const gone = strike && abortedBy(end);
  if (strike?.delayMs) {
    recording?.decided(outcome);
    await tenant.clock.until(tenant.clock.now() + strike.delayMs, gone);
  }
  if (req.socket.destroyed || isTakenBack(req)) recording?.replied(outcome, undefined);
  else {
    const rendered = render(req, outcome, service, tenant);
    const wire = strike ? spoil(rendered, strike.fault) : rendered;
    recording?.replied(outcome, strike && isSilent(strike.fault) ? undefined : wire);
    if (reply.events) sendEvents(res, wire, reply);
    else await transmit(req, res, wire, tenant, strike?.fault, gone);
  }
  await end;
  recording?.closed(!res.writableFinished);
}

function abortedBy(end: Promise<void>): AbortSignal {
  const gone = new AbortController();
  void end.then(() => gone.abort());
  return gone.signal;
}

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
