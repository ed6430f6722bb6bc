// Somebody's client. It knows where the vendor is, and nothing of fauxdr.
export async function quarantine({ url, keyId, key }, endpoints, { path, sha256 }) {
  const response = await fetch(`${url}/public_api/v1/endpoints/quarantine`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "x-xdr-auth-id": keyId,
      Authorization: key,
    },
    body: JSON.stringify({
      request_data: {
        filters: [{ field: "endpoint_id_list", operator: "in", value: endpoints }],
        file_path: path,
        file_hash: sha256,
      },
    }),
  });
  if (!response.ok) throw new Error(`refused with ${response.status}`);
  return Number((await response.json()).reply.action_id);
}
