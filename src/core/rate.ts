import { VendorError } from "./errors.ts";
import type { Table } from "./store.ts";
import type { Tenant } from "./tenant.ts";

/** A vendor's rate limit: at most `limit` calls in each window. */
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

export const windows: Table<Window> = {
  name: "core.rates",
  key: ({ name }) => name,
  shape: { members: { name: "text", from: "moment", calls: "count" } },
};

/** How many calls are left in the current window, and the seconds until it ends. */
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

/** Counts a call. Throws the `rate-limited` refusal if no call is left. */
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
