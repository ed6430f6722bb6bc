#!/usr/bin/env bash
# Drives a command that cannot be changed: its exit code is all that is told.
set -euo pipefail
export XDR_URL=$CORTEX_URL XDR_KEY_ID=$CORTEX_API_KEY_ID XDR_KEY=$CORTEX_API_KEY
mapfile -t endpoints < <(jq -r '.endpoints[]' <<<"$FAUXDR_INPUT")
exec "$(dirname "$0")/xdr-cli" quarantine --path "$(jq -r .filePath <<<"$FAUXDR_INPUT")" \
  --sha256 "$(jq -r .fileHash <<<"$FAUXDR_INPUT")" "${endpoints[@]}"
