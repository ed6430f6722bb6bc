import { json } from "../../../core/reply.ts";
import type { Operation } from "../../../core/vendor.ts";

/** POST /api_keys/validate: clients call it to test a connection. */
export const validateApiKey: Operation = () => json(true);

/** GET healthcheck */
export const healthcheck: Operation = () => json({ status: "available" });
