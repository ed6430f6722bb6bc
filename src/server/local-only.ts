import type { WireRequest } from "../core/vendor.ts";

/** Returns a sentence that says why a request may not use the control API. Undefined if it may. */
export type ForeignCheck = (request: WireRequest) => string | undefined;

/**
 * Finds requests that a browser sends for a web page that is not our own. A page on the Internet can make the browser of
 * a developer post to 127.0.0.1, or point a name of its own at it. `allowed` are hosts that are ours besides local ones.
 */
export function foreignCheck(allowed: readonly string[]): ForeignCheck {
  const isOurs = (name: string): boolean =>
    isLocalName(name) || allowed.some((pattern) => fits(pattern, name));
  return ({ headers }) => {
    const host = headers["host"] ?? "";
    const site = headers["sec-fetch-site"];
    if (site !== undefined && site !== "same-origin" && site !== "none") {
      return "a page on another site may not use this control API";
    }
    const origin = headers["origin"];
    if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) {
      // A proxy may have put its own name for this server into Host.
      const isAllowed = allowed.some((pattern) => fits(pattern, nameIn(origin)));
      if (!isAllowed && site !== "same-origin") {
        return `the page ${origin} may not use this control API: name its host in --allowed-hosts if it is yours`;
      }
    }
    const name = host.replace(/:\d+$/, "");
    return isOurs(name)
      ? undefined
      : `the control API does not answer under the host ${name}: name it in --allowed-hosts, or set --admin-token and send the token`;
  };
}

/** Whether a host is the one of a pattern, or below it where that begins with `*.`. */
function fits(pattern: string, name: string): boolean {
  const [known, asked] = [pattern.toLowerCase(), name.toLowerCase()];
  if (known === "*") return true;
  return known.startsWith("*.") ? asked.endsWith(known.slice(1)) : asked === known;
}

const nameIn = (origin: string): string => (URL.canParse(origin) ? new URL(origin).hostname : "");

/** An address, a name without a dot (a container's), or one under a suffix that the public DNS does not serve. */
const isLocalName = (name: string): boolean =>
  /^(\[[0-9a-f:.]+\]|\d{1,3}(\.\d{1,3}){3})$/i.test(name) ||
  (LABELS.test(name) && (!name.includes(".") || /\.(localhost|local|internal|test)$/i.test(name)));

/** What host names are made of: anything else might be read by somebody as a name of another site. */
const LABELS = /^[a-z0-9]([a-z0-9_-]{0,62})?(\.[a-z0-9]([a-z0-9_-]{0,62})?)*$/i;
