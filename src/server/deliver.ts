import type { Request, Response } from "express";
import { monotonic } from "../core/clock.ts";
import type { Fault } from "../core/faults/fault.ts";
import type { AppliedFault } from "../core/faults/faults.ts";
import type { Tenant } from "../core/tenant.ts";
import type { Service } from "../core/vendor.ts";
import type { Access } from "./access.ts";
import { type Answer, ownError } from "./answer.ts";
import { breakBytes, sendWithFault } from "./faults/socket-faults.ts";
import type { Recording } from "./recorder.ts";
import { endWithClient, whenEnded } from "./wire/connection-end.ts";
import { isTakenBack } from "./wire/read-request.ts";
import { render, sendEvents, sendPieces, sendTogether, type Wire } from "./wire/write-response.ts";

/** An answer on its way out. */
export interface Delivery {
  readonly req: Request;
  readonly res: Response;
  readonly answer: Answer;
  readonly service: Service | undefined;
  readonly tenant: Tenant;
  /** Undefined if the exchange is not recorded. */
  readonly recording: Recording | undefined;
  readonly tenants: Access;
}

/**
 * Records the reply and returns its bytes, without sending them. Undefined if the client has gone, or if a fault may
 * delay the reply.
 */
export function recordReply(delivery: Delivery): Wire | undefined {
  const { req, answer, recording } = delivery;
  if (answer.fault) {
    recording?.decided(answer);
    return undefined;
  }
  if (isGone(req)) {
    recording?.replied(answer, undefined);
    return undefined;
  }
  const { wire, written } = write(delivery);
  recording?.replied(written, wire);
  return wire;
}

/** Sends a recorded reply, with the fault that applies; closes the exchange when the connection is done with it. */
export async function sendReply(delivery: Delivery, wire: Wire | undefined): Promise<void> {
  const { req, res, answer } = delivery;
  if (answer.fault) return sendFaulty(delivery, answer.fault);
  const close = (): void => closeExchange(delivery);
  if (!wire) return whenEnded(res, req.socket, close);
  if (answer.reply.pieces) {
    whenEnded(res, req.socket, close);
    return sendPieces(res, wire, answer.reply.pieces);
  }
  if (!answer.reply.events) return sendTogether(res, wire, () => whenEnded(res, req.socket, close));
  sendEvents(res, wire, answer.reply);
  res.once("close", endWithClient(req));
  whenEnded(res, req.socket, close);
}

function closeExchange({ res, recording, tenant, tenants }: Delivery): void {
  if (!recording) return;
  const aborted = !res.writableFinished;
  const ended = monotonic();
  tenants.soon(tenant, () => recording.closed(aborted, ended));
}

async function sendFaulty(delivery: Delivery, { fault, delayMs }: AppliedFault): Promise<void> {
  const { req, res, answer, tenant, recording, tenants } = delivery;
  const end = new Promise<void>((resolve) => whenEnded(res, req.socket, resolve));
  const gone = new AbortController();
  void end.then(() => gone.abort());
  const stay = endWithClient(req);
  if (delayMs > 0) await tenant.clock.until(tenant.clock.now() + delayMs, gone.signal);
  const broken = await tenants.on(tenant, () => {
    if (isGone(req)) return void recording?.replied(answer, undefined);
    const { wire, written } = write(delivery);
    const changed = breakBytes(wire, fault);
    recording?.replied(written, isSilent(fault) ? undefined : changed);
    return changed;
  });
  if (broken) await sendWithFault(req, res, broken, tenant, fault, gone.signal);
  await end;
  stay();
  closeExchange(delivery);
}

/** The reply's bytes. A reply that cannot be written is a bug of ours, and is sent as one. */
function write({ req, answer, service, tenant }: Delivery): {
  readonly wire: Wire;
  readonly written: Answer;
} {
  try {
    return { wire: render(req, answer, service, tenant), written: answer };
  } catch (error) {
    const written = { ...answer, ...ownError(error) };
    return { wire: render(req, written, undefined, tenant), written };
  }
}

/** Whether the client has gone, so that no reply can reach it. */
const isGone = (req: Request): boolean => req.socket.destroyed || isTakenBack(req);

/** Whether the fault sends no part of the reply. */
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
