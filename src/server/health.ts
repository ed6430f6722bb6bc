import type { WireRequest } from "../core/vendor.ts";

/** The path of the health check. */
export const HEALTH = "/__admin/health";

/** Programs that wait for a server send HEAD (`wget --spider`, wait-on). */
export const isHealthHead = ({ method, path }: WireRequest): boolean =>
  method === "HEAD" && path === HEALTH;
