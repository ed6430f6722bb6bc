import { VendorError } from "../../../core/errors.ts";
import { json } from "../../../core/reply.ts";
import type { Tenant } from "../../../core/tenant.ts";
import type { Call, Operation } from "../../../core/vendor.ts";
import { type Fields, parseFilter } from "../filter.ts";
import { type Asset, assets } from "../state.ts";
import { assetView, lastReported } from "../view.ts";
import { page } from "./page.ts";
import { rowsOrNothing } from "./rows.ts";
import { compareIds, searchAfter } from "./search-after.ts";

const fieldsOf = (tenant: Tenant): Fields<Asset> => ({
  "asset.timestamp": { kind: "moment", read: (asset) => lastReported(asset, tenant) },
  "asset.lastreportedtime": { kind: "moment", read: (asset) => lastReported(asset, tenant) },
  "asset.platform": { kind: "keyword", read: ({ platform }) => platform },
  "asset.hostname": { kind: "text", read: ({ hostName }) => hostName },
  "asset.agentid": { kind: "keyword", read: ({ agentId }) => agentId },
});

/** GET /ioc/asset/all */
export const listAssets: Operation = (call) => {
  const rows = page(found(call), byId, call.query);
  return rowsOrNothing(
    rows.map((asset) => assetView(asset, call.tenant)),
    call,
  );
};

/** GET /ioc/asset/count */
export const countAssets: Operation = (call) => json({ count: found(call).length });

/** GET /ioc/asset/searchAfter: sorted by id, because the time of the last report changes. */
export const searchAssetsAfter: Operation = (call) =>
  searchAfter(call, {
    rows: found(call),
    positionOf: (asset) => ({ at: lastReported(asset, call.tenant), id: asset.agentId }),
    order: byId,
    keyAt: ({ id }) => ({ agentId: id }),
    show: (asset) => assetView(asset, call.tenant),
  });

/** GET /ioc/asset/{assetId} */
export const getAsset: Operation = ({ params, tenant }) => {
  const { assetId = "" } = params;
  const asset = tenant.store.get(assets, assetId);
  if (!asset) throw new VendorError({ kind: "not-found", what: "asset", id: assetId });
  return json(assetView(asset, tenant));
};

function found({ query, tenant }: Call): readonly Asset[] {
  const matches = parseFilter(
    query["filter"] as string | undefined,
    fieldsOf(tenant),
    tenant.clock.now(),
  );
  const all = tenant.store.all(assets);
  return matches ? all.filter(matches) : all;
}

type Key = Pick<Asset, "agentId">;

const byId = (a: Key, b: Key): number => compareIds(a.agentId, b.agentId);
