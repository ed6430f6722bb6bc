import type { WireRequest } from "../../core/vendor.ts";

/**
 * Names the web page that a browser sends this request for, if it is not our own. A page on the Internet can make the
 * browser of a developer post to 127.0.0.1, or point a name of its own at it.
 */
export function foreignPage({ headers }: WireRequest): string | undefined {
  const host = headers["host"] ?? "";
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none")
    return "a page on another site";
  const origin = headers["origin"];
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) {
    return `the page ${origin}`;
  }
  return isLocalName(host.replace(/:\d+$/, ""))
    ? undefined
    : `a page that calls this server ${host}`;
}

/** An address, a name without a dot (a container's), or one under a suffix that the public DNS does not serve. */
const isLocalName = (name: string): boolean =>
  /^(\[[0-9a-f:]+\]|\d+(\.\d+){3})$/i.test(name) ||
  !name.includes(".") ||
  /\.(localhost|local|internal|test)$/i.test(name);
