#!/usr/bin/env python3
"""Quarantines a file on endpoints and follows what becomes of it, with the standard library alone.

FAUXDR_INPUT says what to do; one JSON line on stdout and the exit code say how it went.
"""

import http.client
import json
import os
import sys
import time
import urllib.error
import urllib.request

MOST_ENDPOINTS = 1000  # The API takes no more in one call.
MOST_ATTEMPTS = 3
FINAL = {
    "COMPLETED_SUCCESSFULLY",
    "COMPLETED_PARTIAL",
    "FAILED",
    "TIMEOUT",
    "EXPIRED",
    "CANCELLED",
    "ABORTED",
}
# What a connection and a body that break raise: a reset, a short body, no HTTP, no JSON.
LOST = (OSError, http.client.HTTPException, ValueError)


class Refused(Exception):
    def __init__(self, status, body, retry_after):
        super().__init__(reason_in(body))
        self.status = status
        self.retry_after = int(retry_after) if (retry_after or "").isdigit() else None


def reason_in(body):
    """The vendor's reason, flat or wrapped; a gateway's page or plain text is cut short."""
    try:
        error = json.loads(body)
        error = error.get("reply", error)
        return ": ".join(str(error[name]) for name in ("err_msg", "err_extra") if error.get(name))
    except (ValueError, AttributeError):
        return body.decode("utf-8", "replace")[:200]


class Cortex:
    def __init__(self, url, key_id, key, give_up_seconds):
        self.url = url
        self.headers = {
            "Content-Type": "application/json",
            "x-xdr-auth-id": key_id,
            "Authorization": key,
        }
        self.deadline = time.monotonic() + give_up_seconds
        self.limit = max(2, min(30, give_up_seconds))

    def seconds_left(self):
        return self.deadline - time.monotonic()

    def post(self, path, request_data):
        request = urllib.request.Request(
            f"{self.url}/public_api/v1/{path}",
            data=json.dumps({"request_data": request_data}).encode(),
            headers=self.headers,
            method="POST",
        )
        try:
            with urllib.request.urlopen(request, timeout=self.limit) as response:
                return json.load(response)["reply"]
        except urllib.error.HTTPError as error:
            raise Refused(error.code, error.read(), error.headers.get("Retry-After")) from error

    def call(self, path, request_data):
        """Retries after a 429 or 503 only: after a lost reply it is unknown what was done."""
        for attempt in range(1, MOST_ATTEMPTS + 1):
            try:
                return self.post(path, request_data)
            except Refused as refused:
                pause = 0.2 * 2**attempt if refused.retry_after is None else refused.retry_after
                busy = refused.status in (429, 503)
                if not busy or attempt == MOST_ATTEMPTS or pause > self.seconds_left():
                    raise
                time.sleep(pause)

    def quarantine(self, endpoints, file_path, file_hash):
        reply = self.call(
            "endpoints/quarantine",
            {
                "filters": [{"field": "endpoint_id_list", "operator": "in", "value": endpoints}],
                "file_path": file_path,
                "file_hash": file_hash,
            },
        )
        if int(reply["status"]) != 1:
            raise ValueError(f"the action was not sent: status {reply['status']}")
        return int(reply["action_id"])

    def follow(self, action_id, endpoints, poll_seconds):
        """Asks until nothing moves any more, or until it takes too long; the last statuses, by endpoint."""
        data = {}
        while self.seconds_left() > poll_seconds:
            time.sleep(poll_seconds)
            try:
                data = self.call("actions/get_action_status", {"group_action_id": action_id})["data"]
            except Refused as refused:
                if refused.status < 500:
                    raise
            except LOST:
                continue  # To ask once more does no harm.
            # An unknown status does not end the action.
            if data and all(data.get(endpoint, "FAILED") in FINAL for endpoint in endpoints):
                break
        return data


def outcome_of(statuses):
    done = statuses.count("COMPLETED_SUCCESSFULLY")
    if done == len(statuses):
        return {"outcome": "completed"}
    some = done + statuses.count("COMPLETED_PARTIAL")
    reason = "ended as " + ", ".join(sorted(set(statuses)))
    return {"outcome": "partial" if some else "failed", "reason": reason}


def run(task):
    endpoints = task["endpoints"]
    if not endpoints:
        raise ValueError("no endpoints were given")
    cortex = Cortex(
        os.environ["CORTEX_URL"],
        os.environ["CORTEX_API_KEY_ID"],
        os.environ["CORTEX_API_KEY"],
        task["giveUpSeconds"],
    )
    batches = [endpoints[at : at + MOST_ENDPOINTS] for at in range(0, len(endpoints), MOST_ENDPOINTS)]
    actions = [(batch, cortex.quarantine(batch, task["filePath"], task["fileHash"])) for batch in batches]
    action_id = str(actions[0][1])
    if not task["wait"]:
        return {"outcome": "accepted", "actionId": action_id}
    statuses = []
    for batch, action in actions:
        data = cortex.follow(action, batch, task["pollSeconds"])
        statuses += [data.get(endpoint, "no such endpoint") for endpoint in batch]
    return {**outcome_of(statuses), "actionId": action_id}


try:
    word = run(json.loads(os.environ["FAUXDR_INPUT"]))
except Refused as refused:
    word = {"outcome": "refused", "status": refused.status, "reason": str(refused)}
except (*LOST, KeyError, TypeError) as error:
    word = {"outcome": "failed", "reason": f"{type(error).__name__}: {error}"}
print(json.dumps(word))
sys.exit(0 if word["outcome"] in ("accepted", "completed") else 1)
