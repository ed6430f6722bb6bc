import type { Exchange } from "../../src/core/journal/journal.ts";

interface Said {
  readonly status: number;
  /** A text as it is, any other value as JSON. */
  readonly body: unknown;
}

const stored = (body: unknown): Exchange["request"]["body"] => {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { text, bytes: text.length };
};

/** An exchange as a journal has it: a call with such `request_data`, or with such a text for a body. */
export const exchangeOf = (
  operation: string,
  requestData: unknown,
  said?: Said,
  rest: Partial<Exchange> = {},
): Exchange => ({
  id: 1,
  at: "2026-01-01T00:00:00.000Z",
  tenant: "default",
  vendor: "cortex",
  operation,
  request: {
    scheme: "http",
    method: "POST",
    url: `/${operation}`,
    headers: { "content-type": "application/json" },
    body: stored(typeof requestData === "string" ? requestData : { request_data: requestData }),
  },
  ...(said && {
    reply: { status: said.status, headers: {}, cause: "ok", body: stored(said.body) },
  }),
  durationMs: 1,
  ...rest,
});
