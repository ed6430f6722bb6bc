import { VendorError } from "./errors.ts";
import type { Table } from "./store.ts";
import type { Tenant } from "./tenant.ts";

/** A vendor's limit: so many calls in a window of so many seconds. */
export interface Rate {
  readonly name: string;
  readonly limit: number;
  readonly windowSeconds: number;
}

interface Window {
  readonly name: string;
  readonly from: number;
  readonly calls: number;
}

const windows: Table<Window> = { name: "core.rates", key: ({ name }) => name };

/** What is left of a rate, and how long until it is whole again. */
export function remaining(
  rate: Rate,
  { store, clock }: Tenant,
): { calls: number; seconds: number } {
  const window = store.get(windows, rate.name);
  const end = window ? window.from + rate.windowSeconds * 1000 : 0;
  const now = clock.now();
  if (!window || now >= end) return { calls: rate.limit, seconds: 0 };
  return { calls: Math.max(0, rate.limit - window.calls), seconds: Math.ceil((end - now) / 1000) };
}

/** Counts a call, or throws the refusal of one too many. */
export function spend(rate: Rate, tenant: Tenant): void {
  const { store, clock } = tenant;
  const left = remaining(rate, tenant);
  if (left.calls === 0) {
    const { limit, windowSeconds } = rate;
    const retryAfterSeconds = left.seconds;
    throw new VendorError({ kind: "rate-limited", limit, windowSeconds, retryAfterSeconds });
  }
  const window = store.get(windows, rate.name);
  const fresh = !window || left.seconds === 0;
  store.put(windows, {
    name: rate.name,
    from: fresh ? clock.now() : window.from,
    calls: fresh ? 1 : window.calls + 1,
  });
}
