import type { Refusal } from "../../core/errors.ts";
import type { Tenant } from "../../core/tenant.ts";
import type { Service, WireRequest } from "../../core/vendor.ts";
import type { Api, Route } from "./api.ts";

/** A request to a service, and what the service's document says about it. */
export interface RequestContext {
  readonly service: Service;
  readonly api: Api;
  readonly tenant: Tenant;
  readonly request: WireRequest;
  /** The operation that the request matches, or why it matches none. */
  readonly match: Route | Refusal;
  /** The operation alone. */
  readonly route: Route | undefined;
  readonly bodyLimitBytes: number;
}
