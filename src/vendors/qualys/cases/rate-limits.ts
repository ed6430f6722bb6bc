import type { ContractCase } from "../../../core/contract.ts";
import type { Fault } from "../../../core/faults/fault.ts";
import { accepted, onSend, quarantineCase, SOURCES, sends } from "./world.ts";

/** Has X-RateLimit-ToWait-Sec, and Retry-After only if it is set. */
const TOO_MANY: Fault = { kind: "refusal", refusal: "rate-limited" };

const BUSY = "RFC 9110, section 10.2.3: Retry-After says when to come again";

/** One call over the limit: the client may try again later, or report it. */
const patient = {
  outcomes: ["accepted", "failed", "refused"],
  wire: [sends({ atLeast: 1, atMost: 3 })],
} as const;

export const rateLimits: readonly ContractCase[] = [
  quarantineCase({
    id: "qualys.rate.to-wait",
    title: "A call over the rate limit is sent again after X-RateLimit-ToWait-Sec, or reported",
    source: SOURCES.rates,
    settings: { faults: [onSend(TOO_MANY, { nth: 1 })] },
    ...patient,
  }),
  quarantineCase({
    id: "qualys.rate.retry-after",
    title: "A call over the rate limit is sent again after Retry-After, or reported",
    source: `${SOURCES.rates}; ${BUSY}`,
    settings: { faults: [onSend({ ...TOO_MANY, retryAfterSeconds: 1 }, { nth: 1 })] },
    ...patient,
  }),
  quarantineCase({
    id: "qualys.rate.conflict",
    title:
      "A 409 for a call over the rate limit, as in older documents, is not treated as a permanent conflict",
    source: "Qualys API guides of other modules, older editions: 409 when calls are limited",
    settings: { rateLimit: "409", faults: [onSend(TOO_MANY, { nth: 1 })] },
    ...patient,
  }),
  quarantineCase({
    id: "qualys.rate.unavailable",
    title: "A short unavailability is waited for, or reported",
    source: BUSY,
    settings: {
      faults: [onSend({ kind: "status", status: 503, retryAfterSeconds: 1 }, { nth: 1 })],
    },
    ...patient,
  }),
  quarantineCase({
    id: "qualys.rate.for-good",
    title: "A client gives up after a few calls over the rate limit",
    source: SOURCES.rates,
    settings: { faults: [onSend({ ...TOO_MANY, retryAfterSeconds: 1 })] },
    outcomes: ["failed", "refused"],
    says: { status: 429 },
    wire: [sends({ atLeast: 1, atMost: 6 }), accepted(0)],
  }),
];
