import type { Exchange } from "../../../core/journal/journal.ts";
import { isObject } from "../../../core/json/is-object.ts";

/** A quarantine call and its body. */
export interface HostAction {
  readonly exchange: Exchange;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The quarantine calls in a journal, under any of their names. Leaves out bodies that are cut or not JSON objects. */
export const hostActionsAmong = (exchanges: readonly Exchange[]): HostAction[] =>
  exchanges.flatMap((exchange) => {
    const { body } = exchange.request;
    if (!/quarantineHost/i.test(exchange.operation ?? "") || body.cut) return [];
    const value = parsed(body.text);
    return isObject(value) ? [{ exchange, body: value }] : [];
  });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
