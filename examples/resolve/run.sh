#!/bin/sh
# A client that hard-codes https://api-<fqdn> meets fauxdr: its names are led here, and the certificate has them.
# Usage: run.sh [command that is fauxdr]
set -eu
fauxdr=${1:-fauxdr}
host=api-mycompany.xdr.eu.paloaltonetworks.com
dir=$(mktemp -d)

$fauxdr --port 0 --tls --tls-port 0 --tls-names "$host" \
  --ca-out "$dir/ca.pem" --ready-file "$dir/ready.json" --log none >"$dir/log" 2>&1 &
pid=$!
trap 'kill $pid 2>/dev/null; wait $pid 2>/dev/null; rm -rf "$dir"' EXIT
until [ -f "$dir/ready.json" ]; do
  kill -0 $pid 2>/dev/null || { cat "$dir/log" >&2; exit 1; }
  sleep 0.1
done
port=$(sed 's/.*"tlsUrl":"https:[^"]*:\([0-9]*\)".*/\1/' "$dir/ready.json")

curl -sS --cacert "$dir/ca.pem" --connect-to "$host:443:127.0.0.1:$port" \
  "https://$host/public_api/v1/endpoints/quarantine" \
  -H 'x-xdr-auth-id: 1' \
  -H 'Authorization: fauxdr-standard-key' \
  -H 'Content-Type: application/json' \
  -d '{"request_data":{"filters":[{"field":"endpoint_id_list","operator":"in","value":["facade00000000000000000000000001"]}],"file_path":"C:\\temp\\test_x64.msi","file_hash":"0000000000000000000000000000000000000000000000000000000000000000"}}'
