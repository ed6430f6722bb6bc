import { FAULTS, type Fault } from "../../src/core/faults/fault.ts";

/** A value that fits, for every field of every fault. */
export const FITTING: Readonly<Record<string, unknown>> = {
  delayMs: 5,
  effect: true,
  retryAfterSeconds: 2,
  refusal: "unlicensed",
  status: 503,
  headers: { "x-reason": "maintenance" },
  body: { error: "later" },
  overMs: 100,
  contentType: "text/plain",
  at: "/reply/status",
  afterBytes: 10,
};

const faultOf = (kind: Fault["kind"], fields: readonly string[]): Fault =>
  ({
    kind,
    ...Object.fromEntries(fields.map((name) => [name, FITTING[name]])),
  }) as unknown as Fault;

export const onlyNeeded = (kind: Fault["kind"]): Fault => faultOf(kind, FAULTS[kind].needs ?? []);

export const allTogether = (kind: Fault["kind"]): Fault =>
  faultOf(kind, ["delayMs", ...(FAULTS[kind].needs ?? []), ...(FAULTS[kind].takes ?? [])]);
