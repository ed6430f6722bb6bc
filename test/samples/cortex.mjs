// Node has no XMLHttpRequest: fetch takes its place. Body and headers are the sample's.
const data = JSON.stringify({
  request_data: {
    filters: [
      {
        field: "endpoint_id_list",
        operator: "in",
        value: [process.env.ENDPOINT_ID],
      },
    ],
    file_path: "string",
    file_hash: "string",
  },
});

const response = await fetch(`http://${process.env.HOST}/public_api/v1/endpoints/quarantine`, {
  method: "POST",
  headers: {
    Authorization: process.env.KEY,
    "x-xdr-auth-id": process.env.KEY_ID,
    "Accept-Encoding": "SOME_STRING_VALUE",
    "content-type": "application/json",
  },
  body: data,
});

console.log(await response.text());
