import type { Exchange } from "../../../src/core/journal/journal.ts";

/** The parts of an exchange that tests set. */
export interface Made {
  readonly operation?: string;
  readonly at?: string;
  readonly url?: string;
  readonly body?: unknown;
  /** Of the reply. */
  readonly answer?: unknown;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly fault?: NonNullable<Exchange["fault"]>;
  readonly refusal?: NonNullable<Exchange["refusal"]>;
  readonly cut?: true;
  readonly aborted?: true;
}

const stored = (value: unknown): { text: string; bytes: number } => {
  const text = typeof value === "string" ? value : JSON.stringify(value ?? "");
  return { text, bytes: text.length };
};

/** A journal made by hand; the exchanges are a second apart where they say nothing else. */
export const journalOf = (...made: readonly Made[]): Exchange[] =>
  made.map(
    ({ operation, at, url, body, status = 200, headers = {}, cut, answer, ...rest }, index) => ({
      id: index + 1,
      at: at ?? `2026-01-31T12:00:${String(index).padStart(2, "0")}.000Z`,
      tenant: "own",
      vendor: "qualys",
      ...(operation && { operation }),
      request: {
        scheme: "http",
        method: "POST",
        url: url ?? "/",
        headers: {},
        body: { ...stored(body), ...(cut && { cut }) },
      },
      reply: { status, headers, body: stored(answer), cause: status < 300 ? "ok" : "refused" },
      durationMs: 1,
      ...rest,
    }),
  );
