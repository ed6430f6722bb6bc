#!/usr/bin/env bash
# A client of the quarantine call, as one would write it for a shell, with curl and jq.
# It does what FAUXDR_INPUT says, and says in one JSON line how it went.
set -uo pipefail

task() { jq -r "$1" <<<"$FAUXDR_INPUT"; }

say() { # outcome, status, reason, actionId
  jq -nc --arg outcome "$1" --arg status "${2-}" --arg reason "${3-}" --arg id "${4-}" \
    '{outcome: $outcome} + (if $status == "" then {} else {status: ($status | tonumber)} end)
      + (if $reason == "" then {} else {reason: $reason} end) + (if $id == "" then {} else {actionId: $id} end)'
  case $1 in accepted | completed) exit 0 ;; *) exit 1 ;; esac
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Leaves status, head and body behind; fails where no whole reply came.
request() {
  local attempt pause
  for attempt in 1 2 3; do
    status=$(curl -sS --max-time "$limit" -D "$scratch/head" -o "$scratch/body" -w '%{http_code}' "$@") ||
      say failed "" "no reply: $QUALYS_URL"
    # Whoever is busy says for how long: what is refused so was not done, and may be sent again.
    pause=$(tr -d '\r' <"$scratch/head" | sed -n 's/^retry-after: *//Ip; s/^x-ratelimit-towait-sec: *//Ip' | sort -n | tail -1)
    [ "$status" -ge 400 ] && [[ $pause =~ ^[1-9][0-9]?$ ]] && [ "$attempt" -lt 3 ] || return 0
    sleep "$pause"
  done
}

refused() {
  local outcome=failed
  [ "$status" -lt 500 ] && outcome=refused
  say "$outcome" "$status" "$(head -c 200 "$scratch/body")"
}

# Secrets go through files: what stands in an argument is there for every user of the machine to read.
login() {
  printf %s "$QUALYS_PASSWORD" >"$scratch/password"
  request "$QUALYS_URL/auth" --data-urlencode "username=$QUALYS_USERNAME" \
    --data-urlencode "password@$scratch/password" -d token=true -d permissions=true
  [ "$status" = 201 ] || refused
  printf 'Authorization: Bearer %s\n' "$(<"$scratch/body")" >"$scratch/token"
}

call() {
  [ -f "$scratch/token" ] || login
  request -H "@$scratch/token" -H 'Content-Type: application/json' "$@"
  if [ "$status" = 401 ]; then
    login
    request -H "@$scratch/token" -H 'Content-Type: application/json' "$@"
  fi
  [ "$status" = 200 ] || refused
}

# A field of the reply that must be there.
field() { jq -er "$1" "$scratch/body" 2>/dev/null; }

limit=$(task '[2, ([30, .giveUpSeconds] | min)] | max')
user=$(task '.user // "Response Bot"')
user_id=$(task '.userId // "response-bot"')
actions=$QUALYS_URL/ioc$(task 'if .version == "v1" then "/v1" else "" end')/remediation-actions
query=$(jq -nr --arg user "$user" --arg id "$user_id" '"user=\($user | @uri)&userId=\($id | @uri)"')

quarantine() { # agentIds as a JSON array; leaves request_id behind
  jq -c --argjson ids "$1" --arg user "$user" --arg id "$user_id" --arg version "${AGENT_VERSION:-7.1.0.35}" \
    --arg now "$(date -u +%Y-%m-%dT%H:%M:%S.%3NZ)" \
    '.action as $action | {
      remediationSource: "EDR", user: $user, userId: $id, comment, requestTime: $now,
      assetActionParameter: {assetActions: ($ids | map(
        {eventId: ., action: $action, agentId: ., eventType: "AGENT", agentVersion: $version}))}
    }' <<<"$FAUXDR_INPUT" >"$scratch/request"
  call "$actions/quarantineHost?$query" --data-binary "@$scratch/request"
  request_id=$(field .requestId) || say failed "" "the reply has no requestId"
}

if [ "$(task .wait)" = false ]; then
  quarantine "$(task .agentIds)"
  say accepted "" "" "$request_id"
fi

# A requestId tells of one host only: those that are to be followed are asked for one by one.
request_ids=()
for agent_id in $(task '.agentIds[]'); do
  quarantine "[\"$agent_id\"]"
  request_ids+=("$request_id")
done

good=0
polls_left=$(task '.giveUpSeconds / .pollSeconds | ceil')
for request_id in "${request_ids[@]}"; do
  end=
  until [ -n "$end" ]; do
    [ "$((polls_left--))" -gt 0 ] || say failed "" "$request_id did not end in time" "$request_id"
    call "$actions/activityLog/$request_id"
    end=$(field .status | grep -ixE 'success|failed')
    [ -n "$end" ] || sleep "$(task .pollSeconds)"
  done
  [ "${end,,}" = success ] && good=$((good + 1))
done

if [ "$good" = "${#request_ids[@]}" ]; then say completed "" "" "${request_ids[0]}"; fi
if [ "$good" -gt 0 ]; then say partial "" "" "${request_ids[0]}"; fi
say failed "" "the action failed" "${request_ids[0]}"
