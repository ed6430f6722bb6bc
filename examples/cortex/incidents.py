#!/usr/bin/env python3
"""From incidents to quarantines and back, with the standard library alone.

Reads the incidents that the task is about, quarantines the malicious files where alerts have seen them, and resolves each
incident when that has succeeded. FAUXDR_INPUT says what to do; one JSON line on stdout and the exit code say how it went.
"""

import http.client
import json
import os
import sys
import time
import urllib.error
import urllib.request

TASK = json.loads(os.environ["FAUXDR_INPUT"])
DEADLINE = time.monotonic() + TASK["giveUpSeconds"]
PAGE = 100
MOST_ATTEMPTS = 3
UNDER_WAY = {"PENDING", "IN_PROGRESS", "PENDING_ABORT"}
# Members of an alert that name a file: its hash, and its path.
FILES = [
    ("action_file_sha256", "action_file_path"),
    ("actor_process_image_sha256", "actor_process_image_path"),
    ("causality_actor_process_image_sha256", "causality_actor_process_image_path"),
    ("os_actor_process_image_sha256", "os_actor_process_image_path"),
]


class Refused(Exception):
    def __init__(self, status, body):
        super().__init__(body.decode("utf-8", "replace")[:200])
        self.status = status


def post(path, request_data):
    request = urllib.request.Request(
        f"{os.environ['CORTEX_URL']}/public_api/v1/{path}",
        data=json.dumps({"request_data": request_data}).encode(),
        headers={
            "Content-Type": "application/json",
            "x-xdr-auth-id": os.environ["CORTEX_API_KEY_ID"],
            "Authorization": os.environ["CORTEX_API_KEY"],
        },
        method="POST",
    )
    try:
        with urllib.request.urlopen(request, timeout=max(2, min(30, TASK["giveUpSeconds"]))) as response:
            value = json.load(response)
    except urllib.error.HTTPError as error:
        raise Refused(error.code, error.read()) from error
    # Some replies are a bare boolean in the vendor's document, and wrapped on the wire.
    return value["reply"] if isinstance(value, dict) else value


def call(path, request_data):
    """Retries after a 429 or 503 only: after a lost reply it is unknown what was done."""
    for attempt in range(1, MOST_ATTEMPTS + 1):
        try:
            return post(path, request_data)
        except Refused as refused:
            pause = 0.2 * 2**attempt
            busy = refused.status in (429, 503)
            if not busy or attempt == MOST_ATTEMPTS or time.monotonic() + pause > DEADLINE:
                raise
            time.sleep(pause)


def incidents_of_task():
    """The incidents that the task is about, the oldest first, so that new ones do not move the pages."""
    since = int(time.time() * 1000) - TASK["sinceMinutes"] * 60_000
    search = {
        "filters": [
            {"field": "status", "operator": "eq", "value": TASK["status"]},
            {"field": "modification_time", "operator": "gte", "value": since},
        ],
        "sort": {"field": "creation_time", "keyword": "asc"},
        "search_from": 0,
        "search_to": PAGE,
    }
    found = []
    while True:
        page = call("incidents/get_incidents", search)["incidents"]
        found += [row for row in page if row["severity"] == TASK["severity"]]
        if len(page) < PAGE:
            return found
        search["search_from"] += PAGE
        search["search_to"] += PAGE


def files_in(details):
    """The malicious files of an incident: endpoint, path and hash. An artifact has no path: the alerts have it."""
    bad = {row["file_sha256"] for row in details["file_artifacts"]["data"] if row.get("is_malicious")}
    found = {}
    for alert in details["alerts"]["data"]:
        for hash_name, path_name in FILES:
            endpoint, path, digest = alert.get("endpoint_id"), alert.get(path_name), alert.get(hash_name)
            if digest in bad and path and endpoint:
                found[endpoint, path, digest] = True
    return list(found)


def succeeds(action_id, endpoint):
    """Whether an action ends with success on its endpoint."""
    while time.monotonic() + TASK["pollSeconds"] < DEADLINE:
        time.sleep(TASK["pollSeconds"])
        data = call("actions/get_action_status", {"group_action_id": action_id})["data"]
        if data.get(endpoint) not in UNDER_WAY:
            return data.get(endpoint) == "COMPLETED_SUCCESSFULLY"
    return False


def respond(incident_id):
    """Quarantines the files of an incident. With `wait`, resolves it when all of them are in quarantine."""
    details = call("incidents/get_incident_extra_data", {"incident_id": incident_id})
    # Somebody may have worked on it since it was listed.
    if details["incident"]["status"] != TASK["status"]:
        return []
    files = files_in(details)
    actions = []
    for endpoint, path, digest in files:
        reply = call(
            "endpoints/quarantine",
            {
                "filters": [{"field": "endpoint_id_list", "operator": "in", "value": [endpoint]}],
                "file_path": path,
                "file_hash": digest,
                "incident_id": incident_id,
            },
        )
        actions.append((int(reply["action_id"]), endpoint))
    if not TASK["wait"] or not files:
        return [True] * len(actions)
    ends = [succeeds(action_id, endpoint) for action_id, endpoint in actions]
    asked = [dict(zip(("endpoint_id", "file_path", "file_hash"), file)) for file in files]
    rows = call("quarantine/status", {"files": asked})
    incident = call("incidents/get_incident_extra_data", {"incident_id": incident_id})["incident"]
    if all(ends) and all(row["status"] for row in rows) and incident["status"] == TASK["status"]:
        update = {"status": TASK["resolveAs"], "resolve_comment": "The files are in quarantine."}
        call("incidents/update_incident", {"incident_id": incident_id, "update_data": update})
    return ends


def run():
    ends = [end for row in incidents_of_task() for end in respond(row["incident_id"])]
    if not TASK["wait"] and ends:
        return {"outcome": "accepted"}
    if all(ends):
        return {"outcome": "completed"}
    return {"outcome": "partial" if any(ends) else "failed", "reason": "not all files are in quarantine"}


try:
    word = run()
except Refused as refused:
    word = {"outcome": "refused", "status": refused.status, "reason": str(refused)}
except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError) as error:
    word = {"outcome": "failed", "reason": f"{type(error).__name__}: {error}"}
print(json.dumps(word))
sys.exit(0 if word["outcome"] in ("accepted", "completed") else 1)
