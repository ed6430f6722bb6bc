import type { ClientTask } from "../../src/contract/client.ts";
import { describeContract } from "../../src/testing/vitest.ts";

/** The example of the documents: a client in the process of its tests. */
async function client({ environment: e, input }: ClientTask) {
  const filters = [{ field: "endpoint_id_list", operator: "in", value: input["endpoints"] }];
  const { ok, status } = await fetch(`${e["CORTEX_URL"]}/public_api/v1/endpoints/quarantine`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-xdr-auth-id": e["CORTEX_API_KEY_ID"] ?? "",
      authorization: e["CORTEX_API_KEY"] ?? "",
    },
    body: JSON.stringify({
      request_data: { filters, file_path: input["filePath"], file_hash: input["fileHash"] },
    }),
  });
  return { outcome: ok ? "accepted" : "refused", status } as const;
}

describeContract(client, { prefix: "cortex.quarantine.one" });
