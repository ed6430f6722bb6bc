import { json, nothing } from "../../../core/reply.ts";
import type { Tenant } from "../../../core/tenant.ts";
import type { Call, Operation } from "../../../core/vendor.ts";
import { type Fields, parseFilter } from "../filter.ts";
import { type Asset, assets } from "../state.ts";
import { assetView, lastReported } from "../view.ts";
import { page } from "./page.ts";

const fieldsOf = (tenant: Tenant): Fields<Asset> => ({
  "asset.timestamp": { kind: "moment", read: (asset) => lastReported(asset, tenant) },
  "asset.lastreportedtime": { kind: "moment", read: (asset) => lastReported(asset, tenant) },
  "asset.platform": { kind: "keyword", read: ({ platform }) => platform },
  "asset.hostname": { kind: "text", read: ({ hostName }) => hostName },
  "asset.agentid": { kind: "keyword", read: ({ agentId }) => agentId },
});

/** GET /ioc/asset/all */
export const listAssets: Operation = (call) => {
  const rows = page(found(call), call.query);
  if (rows.length === 0 && call.tenant.settings.dialect === "observed") return nothing();
  return json(rows.map((asset) => assetView(asset, call.tenant)));
};

/** GET /ioc/asset/count */
export const countAssets: Operation = (call) => json({ count: found(call).length });

function found({ query, tenant }: Call): Asset[] {
  const matches = parseFilter(
    query["filter"] as string | undefined,
    fieldsOf(tenant),
    tenant.clock.now(),
  );
  return tenant.store
    .all(assets)
    .filter(matches)
    .sort((a, b) => (a.agentId < b.agentId ? -1 : 1));
}
