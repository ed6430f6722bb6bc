"""A client of the quarantine call, as one would write it in Python, with the standard library alone.

With the operation listEvents it finds the hosts itself: those with bad events in the last hour.
It does what FAUXDR_INPUT says, and says in one JSON line how it went.
"""

import http.client
import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from datetime import datetime, timedelta, timezone

BASE = os.environ["QUALYS_URL"]
TASK = json.loads(os.environ["FAUXDR_INPUT"])
LIMIT_SECONDS = max(2, min(30, TASK["giveUpSeconds"]))
AGENT_VERSION = os.environ.get("AGENT_VERSION", "7.1.0.35")


class Refused(Exception):
    def __init__(self, status, text):
        super().__init__(f"{status}: {text[:200]}")
        self.status = status


def request(method, path, headers, body=None):
    for attempt in (1, 2, 3):
        asked = urllib.request.Request(BASE + path, body, headers, method=method)
        try:
            with urllib.request.urlopen(asked, timeout=LIMIT_SECONDS) as response:
                return response.read().decode()
        except urllib.error.HTTPError as error:
            # Whoever is busy says for how long: what is refused so was not done, and may be sent again.
            given = error.headers
            pause = int(given.get("Retry-After") or given.get("X-RateLimit-ToWait-Sec") or 0)
            if not 0 < pause <= 60 or attempt == 3:
                raise Refused(error.code, error.read().decode(errors="replace")) from error
            time.sleep(pause)


class Client:
    token = None

    def login(self):
        form = {
            "username": os.environ["QUALYS_USERNAME"],
            "password": os.environ["QUALYS_PASSWORD"],
            "token": "true",
            "permissions": "true",
        }
        self.token = request("POST", "/auth", {}, urllib.parse.urlencode(form).encode())

    def call(self, method, path, value=None):
        if self.token is None:
            self.login()
        try:
            return self.send(method, path, value)
        except Refused as error:
            if error.status != 401:
                raise
        self.login()
        return self.send(method, path, value)

    def send(self, method, path, value):
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        body = None if value is None else json.dumps(value).encode()
        return request(method, path, headers, body)


def iso(moment):
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def hosts_of_events(client, base, task):
    """The hosts of the events that the task is about, each once."""
    now = datetime.now(timezone.utc)
    since = now - timedelta(seconds=task["sinceSeconds"])
    query = {
        "filter": f'event.datetime:["{iso(since)}" .. "{iso(now)}"]',
        "sort": '[{"event.datetime":"asc"}]',
        "pageNumber": 0,
        "pageSize": task["pageSize"],
    }
    hosts = {}
    while True:
        # Without events, the vendor may send no body.
        rows = json.loads(client.call("GET", f"{base}/events?{urllib.parse.urlencode(query)}") or "[]")
        for row in rows:
            # A score is text, or missing where nothing is known.
            score = int(row.get("score") or -1)
            agent_id = (row.get("asset") or {}).get("agentId")
            if score >= task["minScore"] and agent_id:
                hosts[agent_id] = True
        if len(rows) < task["pageSize"]:
            return list(hosts)
        query["pageNumber"] += 1


def run(task):
    client = Client()
    user = task.get("user", "Response Bot")
    user_id = task.get("userId", "response-bot")
    base = f"/ioc{'/v1' if task['version'] == 'v1' else ''}"
    actions = f"{base}/remediation-actions"

    def act(agent_ids, action):
        query = urllib.parse.urlencode({"user": user, "userId": user_id})
        reply = client.call(
            "POST",
            f"{actions}/quarantineHost?{query}",
            {
                "remediationSource": "EDR",
                "user": user,
                "userId": user_id,
                "comment": task["comment"],
                "requestTime": iso(datetime.now(timezone.utc)),
                "assetActionParameter": {
                    "assetActions": [
                        {
                            "eventId": agent_id,
                            "action": action,
                            "agentId": agent_id,
                            "eventType": "AGENT",
                            "agentVersion": AGENT_VERSION,
                        }
                        for agent_id in agent_ids
                    ]
                },
            },
        )
        return json.loads(reply)["requestId"]

    def end_of(request_id, deadline):
        """success or failed; whatever is neither is not the end."""
        while time.monotonic() < deadline:
            reply = client.call("GET", f"{actions}/activityLog/{request_id}")
            status = json.loads(reply)["status"].lower()
            if status in ("success", "failed"):
                return status
            time.sleep(task["pollSeconds"])
        raise TimeoutError(f"{request_id} did not end within {task['giveUpSeconds']} seconds")

    def follow(agent_ids, action):
        """Acts on each host, and waits for the ends. A requestId tells of one host only."""
        request_ids = [act([agent_id], action) for agent_id in agent_ids]
        deadline = time.monotonic() + task["giveUpSeconds"]
        ends = [end_of(request_id, deadline) for request_id in request_ids]
        good = ends.count("success")
        outcome = "completed" if good == len(ends) else "partial" if good else "failed"
        return {"outcome": outcome, "actionId": request_ids[0]}

    if os.environ.get("FAUXDR_OPERATION") == "listEvents":
        agent_ids = hosts_of_events(client, base, task)
    else:
        agent_ids = task["agentIds"]
    if not agent_ids:
        return {"outcome": "completed"}
    if not task["wait"]:
        return {"outcome": "accepted", "actionId": act(agent_ids, task["action"])}
    done = follow(agent_ids, task["action"])
    if not task.get("release") or done["outcome"] != "completed":
        return done
    return follow(agent_ids, "UNQUARANTINE_HOST")


try:
    word = run(TASK)
except Refused as error:
    outcome = "refused" if error.status < 500 else "failed"
    word = {"outcome": outcome, "status": error.status, "reason": str(error)}
except (OSError, http.client.HTTPException, ValueError, KeyError) as error:
    word = {"outcome": "failed", "reason": repr(error)}
print(json.dumps(word))
sys.exit(0 if word["outcome"] in ("accepted", "completed") else 1)
