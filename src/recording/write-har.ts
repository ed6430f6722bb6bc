import type { CleanCall } from "./clean.ts";

/** Calls as an HTTP Archive, from which `fauxdr also from` makes a document. */
export const cleanHar = (calls: readonly CleanCall[], version: string): string =>
  `${JSON.stringify(
    {
      log: { version: "1.2", creator: { name: "fauxdr", version }, entries: calls.map(entryOf) },
    },
    undefined,
    2,
  )}\n`;

function entryOf({ method, path, query, request, status, mimeType, reply }: CleanCall): unknown {
  const search = query.map((name) => `${encodeURIComponent(name)}=`).join("&");
  const text = typeof reply === "string" ? reply : JSON.stringify(reply);
  return {
    request: {
      method,
      url: `https://server.example${path}${search === "" ? "" : `?${search}`}`,
      headers: [],
      ...(request !== undefined && {
        postData: { mimeType: "application/json", text: JSON.stringify(request) },
      }),
    },
    response: { status, headers: [], content: { mimeType, text: text ?? "" } },
  };
}
