import express, { type Express } from "express";
import { monotonic } from "../core/clock.ts";
import type { Exchange } from "../core/journal.ts";
import type { Service, Vendor } from "../core/vendor.ts";
import { answer, unowned } from "./answer.ts";
import { readApis } from "./apis.ts";
import { createRecorder } from "./recorder.ts";
import { readRequest } from "./request.ts";
import { send } from "./send.ts";
import type { Tenants } from "./tenants.ts";

export interface AppOptions {
  readonly vendors: readonly Vendor[];
  readonly admin: Service;
  readonly tenants: Tenants;
  readonly bodyLimitBytes: number;
  /** Told of every exchange with a vendor, once it is in the journal. */
  readonly onExchange: (exchange: Exchange) => void;
}

/** THE pipeline: a request's way through the house, in order. */
export async function createApp(options: AppOptions): Promise<Express> {
  const { vendors, admin, tenants, bodyLimitBytes, onExchange } = options;
  const apis = readApis([admin, ...vendors]);
  const record = createRecorder(vendors);

  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.use(async (req, res) => {
    const started = monotonic();
    const request = await readRequest(req, bodyLimitBytes);
    const service = apis.ownerOf(request.path) ?? vendors.find(({ claim }) => claim(request));
    const vendor = vendors.find((candidate) => candidate === service);
    const tenant = tenants.claimedBy(vendor, request);
    const outcome = service
      ? await answer(service, await apis.of(service, tenant), tenant, request, bodyLimitBytes)
      : unowned(request, vendors);
    const sent = send(req, res, outcome, service, tenant);
    if (service !== admin) {
      onExchange(record({ vendor, tenant, request, outcome, sent, ms: monotonic() - started }));
    }
  });
  return app;
}
