import express, { type ErrorRequestHandler, type Express } from "express";
import { monotonic } from "../core/clock.ts";
import type { Service, Vendor } from "../core/vendor.ts";
import { answer, type Outcome, ownFault, unowned } from "./answer.ts";
import { createCors } from "./cors.ts";
import { prepare } from "./deliver.ts";
import { answerStruck } from "./faults/apply-fault.ts";
import { inspectorPage } from "./inspector.ts";
import type { Recorder } from "./recorder.ts";
import { ownTurn, type Turn } from "./shared/transaction.ts";
import { readApis } from "./spec/apis.ts";
import type { Tenants } from "./tenants.ts";
import { readBody, readHead } from "./wire/read-request.ts";

export interface AppOptions {
  readonly vendors: readonly Vendor[];
  readonly admin: Service;
  readonly tenants: Tenants;
  readonly bodyLimitBytes: number;
  /** Of web pages that may call the vendors. */
  readonly corsOrigins?: readonly string[];
  readonly recorder: Recorder;
  /** Of servers that share their tenants; left out where this one has its own. */
  readonly turn?: Turn;
}

/** THE pipeline: a request's way through the house, in order. */
export async function createApp(options: AppOptions): Promise<Express> {
  const { vendors, admin, tenants, bodyLimitBytes, recorder, turn = ownTurn } = options;
  const apis = readApis([admin, ...vendors]);
  const cors = createCors(options.corsOrigins ?? []);

  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.use(async (req, res) => {
    const started = monotonic();
    const head = readHead(req);
    const service = apis.ownerOf(head.path) ?? vendors.find(({ claim }) => claim(head));
    const vendor = vendors.find((candidate) => candidate === service);

    // Recorded from the head on, unless only the body, or another server, can tell whose it is.
    const claimed = turn === ownTurn ? tenants.claimedBy(vendor, head) : undefined;
    const early = claimed && recorder.begin(claimed, vendor, head, started);
    const request = await readBody(req, head, bodyLimitBytes);
    const send = await turn(async () => {
      const tenant = claimed ?? tenants.claimedBy(vendor, request) ?? tenants.default;
      early?.received(request);
      const recording =
        service === admin ? undefined : (early ?? recorder.begin(tenant, vendor, request, started));
      const ask = async (): Promise<Outcome> => {
        if (!service) return unowned(request, vendors);
        const loaded = apis.of(service, tenant);
        const api = loaded instanceof Promise ? await loaded : loaded;
        const match = api.match(request.method, request.path);
        const question = { service, api, tenant, request, match, bodyLimitBytes };
        return vendor ? answerStruck(question, vendor.name) : answer(question);
      };
      const outcome = vendor
        ? cors.open(request, cors.preflight(request) ?? (await ask()))
        : (inspectorPage(request) ?? (await ask()));
      return prepare({ req, res, outcome, service, tenant, recording, turn });
    });
    await send();
  });
  app.use(lastResort);
  return app;
}

/** Nothing should come here: whatever does is our mistake, and goes out as one, not as a page of Express's. */
const lastResort: ErrorRequestHandler = (error: unknown, _req, res, _next) => {
  const { reply } = ownFault(error);
  if (res.headersSent) return void res.destroy();
  res.writeHead(reply.status, { ...reply.headers, "content-type": reply.contentType });
  res.end(JSON.stringify(reply.value));
};
