/** An entry of an HTTP Archive in short. */
export interface Entry {
  readonly method?: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly status?: number;
  readonly type?: string;
  readonly reply?: unknown;
}

const textOf = (value: unknown): string =>
  value === undefined || typeof value === "string" ? (value ?? "") : JSON.stringify(value);

/** An HTTP Archive with these calls, as a browser or a proxy writes it. */
export const harOf = (...entries: readonly Entry[]): string =>
  JSON.stringify({
    log: {
      version: "1.2",
      creator: { name: "test", version: "1" },
      entries: entries.map(({ method = "POST", url, headers = {}, status = 200, ...rest }) => ({
        request: {
          method,
          url,
          headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
          postData: { mimeType: "application/json", text: textOf(rest.body) },
        },
        response: {
          status,
          headers: [],
          content: { mimeType: rest.type ?? "application/json", text: textOf(rest.reply) },
        },
      })),
    },
  });
