import type { WireRequest } from "../core/vendor.ts";

/** Returns a sentence that says why a request may not use the control API. Undefined if it may. */
export type ForeignCheck = (request: WireRequest) => string | undefined;

/**
 * Detects requests that a browser sends for a foreign web page. A page on the Internet can make a developer's browser
 * post to 127.0.0.1, or point its own host name there. `allowed` lists hosts to accept in addition to local ones.
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

/** Whether a host matches a pattern: the same host, or a subdomain if the pattern begins with `*.`. */
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

/** The characters of host names. Some programs might read anything else as another site. */
const LABELS = /^[a-z0-9]([a-z0-9_-]{0,62})?(\.[a-z0-9]([a-z0-9_-]{0,62})?)*$/i;
