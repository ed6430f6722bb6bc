curl -X 'POST' \
  -H 'Accept: application/json' \
  -H 'Content-Type: application/json' \
  -H "Authorization: $KEY" -H "x-xdr-auth-id: $KEY_ID" -H 'Accept-Encoding: acceptEncoding_example' \
  "http://$HOST/public_api/v1/endpoints/quarantine" \
  -d "$BODY"
