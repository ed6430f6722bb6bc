import express, { type ErrorRequestHandler, type Express } from "express";
import { monotonic } from "../core/clock.ts";
import type { Refusal } from "../core/errors.ts";
import { type Tenant, WIRE_FORMS } from "../core/tenant.ts";
import type { Service, Vendor, WireRequest } from "../core/vendor.ts";
import type { Access } from "./access.ts";
import { ownerByDocument } from "./also/owner.ts";
import { type Answer, answer, answerWithFaults, noRoom, notServed, ownError } from "./answer.ts";
import { createCors } from "./cors.ts";
import { recordReply, sendReply } from "./deliver.ts";
import { isHealthHead } from "./health.ts";
import { inspectorPage } from "./inspector.ts";
import type { ForeignCheck } from "./local-only.ts";
import type { Recorder } from "./recorder.ts";
import type { Api, Route } from "./spec/api.ts";
import { readApis } from "./spec/apis.ts";
import type { Upstream } from "./upstream.ts";
import { readBody, readHead } from "./wire/read-request.ts";

export interface AppOptions {
  readonly vendors: readonly Vendor[];
  readonly admin: Service;
  readonly tenants: Access;
  readonly recorder: Recorder;
  readonly bodyLimitBytes: number;
  /** The real server to which vendors' calls are passed on. */
  readonly upstream?: Upstream | undefined;
  /** Rejects requests of foreign web pages for the inspector. */
  readonly foreign: ForeignCheck;
  /** Limit on the total size of all bodies that are being read. */
  readonly openBodiesBytes: number;
  /** Origins of web pages that may call the vendors. None by default. */
  readonly corsOrigins?: readonly string[];
}

/** THE pipeline. The steps of every request, in order. */
export async function createApp(options: AppOptions): Promise<Express> {
  const { vendors, admin, tenants, recorder, bodyLimitBytes } = options;
  const { corsOrigins = [], foreign, openBodiesBytes, upstream } = options;
  const room = { left: openBodiesBytes };
  const apis = readApis([admin, ...vendors]);
  const cors = corsOrigins.length > 0 ? createCors(corsOrigins) : undefined;

  async function answerTo(
    request: WireRequest,
    service: Service | undefined,
    vendor: Vendor | undefined,
    tenant: Tenant,
  ): Promise<Answer> {
    if (!service) return notServed(request, vendors);
    if (request.incomplete === "no-room") return noRoom(openBodiesBytes);
    const page = vendor ? cors?.preflight(request) : inspectorPage(request, foreign);
    if (page) return page;
    const served = await apis.of(service, tenant);
    const method = !vendor && isHealthHead(request) ? "GET" : request.method;
    const found = served.match(method, request.path);
    const isOwn = vendor && needsDocuments(tenant, found);
    const api = isOwn ? await beside(served, service, tenant) : served;
    const match = isOwn ? api.match(method, request.path) : found;
    const route = "run" in match ? match : undefined;
    const context = { service, api, tenant, request, match, route, bodyLimitBytes };
    if (vendor && upstream) {
      const forms = WIRE_FORMS.map((wire) =>
        apis.of(service, { ...tenant, settings: { ...tenant.settings, wire } }),
      );
      const { answerFromUpstream } = await import("./upstream.ts");
      const all = await Promise.all(forms);
      return await answerWithFaults(context, vendor.name, () =>
        answerFromUpstream(context, vendor, upstream, all),
      );
    }
    return await (vendor ? answerWithFaults(context, vendor.name) : answer(context));
  }

  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.use(async (req, res) => {
    const started = monotonic();
    const head = readHead(req);
    const service =
      apis.ownerOf(head.path) ??
      ownerByDocument(head, tenants.documents(), vendors) ??
      vendors.find(({ claim }) => claim(head));
    const vendor = service === admin ? undefined : (service as Vendor | undefined);
    const early = recorder.openEarly(tenants.early(vendor, head), vendor, head, started);
    const request = await readBody(req, head, bodyLimitBytes, room);

    // A transaction that is lost runs again, so it records the reply and does not send it.
    const prepare = async (tenant: Tenant) => {
      early?.received(request);
      const recording =
        service === admin ? undefined : (early ?? recorder.open(tenant, vendor, request, started));
      const found = await answerTo(request, service, vendor, tenant);
      const answer = vendor && cors ? cors.open(request, found) : found;
      const delivery = { req, res, answer, service, tenant, recording, tenants };
      return { delivery, wire: recordReply(delivery) };
    };
    // The control API finds the tenants of its calls itself.
    const { delivery, wire } = await (service === admin
      ? prepare(tenants.default)
      : early
        ? tenants.on(early.tenant, () => prepare(early.tenant))
        : tenants.claimed(vendor, request, prepare));
    await sendReply(delivery, wire);
  });
  app.use(lastResort);
  return app;
}

/** Only calls that fauxdr does not serve, or that a document may override, have to do with the user's documents. */
const needsDocuments = ({ documents }: Tenant, found: Route | Refusal): boolean =>
  documents.length > 0 &&
  ("kind" in found ||
    documents.some(({ operations }) => operations.some(({ overrides }) => overrides)));

/** The tenant's own documents are loaded when a call first needs them: a large one takes a while. */
const beside = async (api: Api, service: Service, tenant: Tenant): Promise<Api> =>
  (await import("./also/beside.ts")).withDocuments(api, service, tenant);

/** Last resort: an error here is a bug of ours. Sends it as one, instead of Express's error page. */
const lastResort: ErrorRequestHandler = (error: unknown, _req, res, _next) => {
  const { reply } = ownError(error);
  if (res.headersSent) return void res.destroy();
  res.writeHead(reply.status, { ...reply.headers, "content-type": reply.contentType });
  res.end(JSON.stringify(reply.value));
};
