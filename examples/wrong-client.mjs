// A client with two mistakes, to see what fauxdr says of it: fauxdr run -- node examples/wrong-client.mjs
const { CORTEX_URL, CORTEX_API_KEY, CORTEX_API_KEY_ID } = process.env;
const endpoint = {
  field: "endpoint_id_list",
  operator: "in",
  value: ["facade00000000000000000000000001"],
};
for (let attempt = 0; attempt < 3; attempt++) {
  const reply = await fetch(`${CORTEX_URL}/public_api/v1/endpoints/quarantine`, {
    method: "POST",
    headers: {
      "x-xdr-auth-id": CORTEX_API_KEY_ID,
      Authorization: `Bearer ${CORTEX_API_KEY}`,
      "Content-Type": "application/json",
    },
    body: JSON.stringify({
      request_data: {
        filters: [endpoint],
        file_path: "C:\\temp\\x.msi",
        file_hash: "0".repeat(64),
      },
    }),
  });
  if (reply.ok) break;
}
