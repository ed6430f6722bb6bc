#!/usr/bin/env bash
# Quarantines a file on endpoints and follows what becomes of it, with curl (from 7.84) and jq.
# FAUXDR_INPUT says what to do; one JSON line on stdout and the exit code say how it went.
set -uo pipefail

MOST_ENDPOINTS=1000 # The API takes no more in one call.
MOST_ATTEMPTS=3
FINAL='["COMPLETED_SUCCESSFULLY","COMPLETED_PARTIAL","FAILED","TIMEOUT","EXPIRED","CANCELLED","ABORTED"]'

milliseconds() { echo $((${EPOCHREALTIME/[.,]/} / 1000)); }
seconds() { printf '%d.%03d' $(($1 / 1000)) $(($1 % 1000)); }

# finish OUTCOME [REASON]
finish() {
  local reason=${2-}
  jq -cn --arg outcome "$1" --arg reason "${reason:0:300}" --arg status "${status-}" --arg actionId "${action_id-}" \
    '{$outcome, $reason, status: ($status | tonumber? // ""), $actionId} | with_entries(select(.value != ""))'
  [[ $1 == accepted || $1 == completed ]]
  exit
}

# post PATH REQUEST_DATA: the reply in $reply; returns 1 for a refusal ($status, $retry_after, $body), 2 for a lost reply.
post() {
  local answer
  status='' retry_after='' body=''
  answer=$(curl --silent --show-error --compressed --max-time "$limit" \
    --header 'Content-Type: application/json' \
    --header @<(printf 'x-xdr-auth-id: %s\nAuthorization: %s\n' "$CORTEX_API_KEY_ID" "$CORTEX_API_KEY") \
    --data-binary @- --write-out '\n%{http_code} %header{retry-after}' \
    "$CORTEX_URL/public_api/v1/$1" <<<"{\"request_data\":$2}" 2>&1) || {
    body=$answer
    return 2
  }
  body=${answer%$'\n'*}
  read -r status retry_after <<<"${answer##*$'\n'}"
  ((status >= 200 && status < 300)) || return 1
  # It was no refusal.
  status=''
  reply=$(jq -ce '.reply | objects' <<<"$body" 2>&1) || return 2
}

# call PATH REQUEST_DATA: retries after a 429 or 503 only: after a lost reply it is unknown what was done.
call() {
  local attempt result pause
  for ((attempt = 1; ; attempt++)); do
    post "$@"
    result=$?
    ((result == 1)) || return $result
    [[ $status == 429 || $status == 503 ]] || return 1
    pause=$((200 * 2 ** attempt))
    [[ $retry_after =~ ^[0-9]+$ ]] && pause=$((retry_after * 1000))
    ((attempt < MOST_ATTEMPTS && $(milliseconds) + pause < deadline)) || return 1
    sleep "$(seconds $pause)"
  done
}

# The vendor's reason, flat or wrapped; a gateway's page or plain text as it is.
reason() {
  jq -r '(.reply // .) | [.err_msg, .err_extra] | map(select(. != null) | tostring) | join(": ")' \
    <<<"$body" 2>/dev/null || echo "$body"
}

# give_up RESULT: ends with what a call returned.
give_up() {
  (($1 == 1)) && finish refused "$(reason)"
  finish failed "the reply was lost: $body"
}

# quarantine BATCH: the action's id in $id.
quarantine() {
  call endpoints/quarantine "$(jq -c --argjson batch "$1" '{
    filters: [{field: "endpoint_id_list", operator: "in", value: $batch}],
    file_path: .filePath,
    file_hash: .fileHash
  }' <<<"$FAUXDR_INPUT")" || give_up $?
  id=$(jq -er 'select((.status | tonumber) == 1) | .action_id' <<<"$reply") || finish failed "it was not sent: $reply"
}

# follow ID BATCH: asks until nothing moves any more, or until it takes too long; the last statuses in $statuses.
follow() {
  local ended
  statuses=$(jq -c 'map("not known")' <<<"$2")
  while (($(milliseconds) + poll < deadline)); do
    sleep "$(seconds $poll)"
    call actions/get_action_status "{\"group_action_id\":$1}"
    case $? in
      1) ((status < 500)) && give_up 1 ;;
      0)
        statuses=$(jq -c --argjson batch "$2" '.data as $data | $batch | map($data[.] // "FAILED")' <<<"$reply")
        ended=$(jq --argjson final "$FINAL" 'all(IN($final[]))' <<<"$statuses")
        # An unknown status does not end the action.
        [[ $ended == true ]] && return
        ;;
    esac
    # To ask once more does no harm.
  done
}

limit=$(jq '[2, ([30, .giveUpSeconds] | min)] | max' <<<"$FAUXDR_INPUT")
poll=$(jq '.pollSeconds * 1000 | floor' <<<"$FAUXDR_INPUT")
deadline=$(($(milliseconds) + $(jq '.giveUpSeconds * 1000 | floor' <<<"$FAUXDR_INPUT")))
mapfile -t batches < <(
  jq -c --argjson most $MOST_ENDPOINTS '.endpoints | range(0; length; $most) as $at | .[$at:$at + $most]' <<<"$FAUXDR_INPUT"
)
((${#batches[@]} > 0)) || finish failed 'no endpoints were given'

ids=()
for batch in "${batches[@]}"; do
  quarantine "$batch"
  ids+=("$id")
done
action_id=${ids[0]}
[[ $(jq .wait <<<"$FAUXDR_INPUT") == true ]] || finish accepted

all='[]'
for number in "${!batches[@]}"; do
  follow "${ids[number]}" "${batches[number]}"
  all=$(jq -cn --argjson all "$all" --argjson more "$statuses" '$all + $more')
done
status=''
finish "$(jq -r '
  if all(. == "COMPLETED_SUCCESSFULLY") then "completed"
  elif any(IN("COMPLETED_SUCCESSFULLY", "COMPLETED_PARTIAL")) then "partial"
  else "failed" end' <<<"$all")" "ended as $(jq -r 'unique | join(", ")' <<<"$all")"
