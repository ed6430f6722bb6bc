import type { Exchange } from "../../../core/journal/journal.ts";

/** A quarantine call, with its body where that could be read. */
export interface HostAction {
  readonly exchange: Exchange;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The quarantine calls of a journal, under any of their names. What is no JSON object or was cut is left out. */
export const hostActionsAmong = (exchanges: readonly Exchange[]): HostAction[] =>
  exchanges.flatMap((exchange) => {
    const { body } = exchange.request;
    if (!/quarantineHost/i.test(exchange.operation ?? "") || body.cut) return [];
    const value = parsed(body.text);
    return isObject(value) ? [{ exchange, body: value }] : [];
  });

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
