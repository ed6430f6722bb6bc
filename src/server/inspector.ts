import { readFileSync } from "node:fs";
import { nothing, text } from "../core/reply.ts";
import type { WireRequest } from "../core/vendor.ts";
import type { Answer } from "./answer.ts";
import type { ForeignCheck } from "./local-only.ts";

/** Built by the build script. Read at each request, so that the start stays fast. */
const FILES = new URL("../../dist/inspector/", import.meta.url);

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
};

/** The page shows what clients under test have sent, so only its own script may run in it. */
const HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-cache",
};

/**
 * The page at `/__admin/`, its script and style. It contains no data, so it needs no token: it calls the control API,
 * which may need one. Undefined for any other request, and for requests of foreign pages.
 */
export function inspectorPage(request: WireRequest, foreign: ForeignCheck): Answer | undefined {
  const { method, path } = request;
  const isLooked = method === "GET" || method === "HEAD";
  // The page's own addresses are relative, so that it works behind a proxy that puts a prefix before its path.
  if (path === "/__admin" && isLooked && !foreign(request)) return { reply: WITH_SLASH };
  const name =
    path === "/__admin/"
      ? "index.html"
      : /^\/__admin\/inspector\/([a-z]+\.(?:js|css))$/.exec(path)?.[1];
  if (!name || !isLooked || foreign(request)) return undefined;
  const [, ending = ""] = name.split(".");
  try {
    const content = readFileSync(new URL(name, FILES), "utf8");
    return { reply: text(content, TYPES[ending] ?? "", { cause: "inspector", headers: HEADERS }) };
  } catch {
    return { reply: text(NOT_BUILT, "text/plain; charset=utf-8", { status: 404 }) };
  }
}

const WITH_SLASH = nothing({ status: 308, headers: { location: "__admin/" } });

const NOT_BUILT = "The inspector is not built: run npm run build.\n";
