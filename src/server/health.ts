import type { WireRequest } from "../core/vendor.ts";

/** Where the control API tells that the server is up. */
export const HEALTH = "/__admin/health";

/** Programs that wait for a server ask for its health with HEAD (`wget --spider`, wait-on). */
export const isHealthHead = ({ method, path }: WireRequest): boolean =>
  method === "HEAD" && path === HEALTH;
