"""Drives a library that cannot be changed through the contract cases."""
import json
import os
import sys
import time

from xdr_library import XdrClient, XdrError

UNDER_WAY = {"PENDING", "IN_PROGRESS", "PENDING_ABORT"}


def run(task, client):
    action = client.quarantine(task["endpoints"], task["filePath"], task["fileHash"])
    word = {"outcome": "accepted", "actionId": str(action)}
    until = time.monotonic() + task["giveUpSeconds"]
    while task["wait"] and time.monotonic() < until:
        time.sleep(task["pollSeconds"])
        statuses = client.action_status(action)
        ended = [statuses.get(endpoint) for endpoint in task["endpoints"]]
        if UNDER_WAY.isdisjoint(ended):
            done = ended.count("COMPLETED_SUCCESSFULLY")
            outcome = "completed" if done == len(ended) else "partial" if done else "failed"
            return {**word, "outcome": outcome}
    return word if not task["wait"] else {**word, "outcome": "failed"}


try:
    env = os.environ
    said = run(
        json.loads(env["FAUXDR_INPUT"]),
        XdrClient(env["CORTEX_URL"], env["CORTEX_API_KEY_ID"], env["CORTEX_API_KEY"]),
    )
except XdrError as error:
    said = {"outcome": "refused", "status": error.status, "reason": str(error)}
except Exception as error:  # whatever the library lets through
    said = {"outcome": "failed", "reason": repr(error)}
print(json.dumps(said))
sys.exit(0 if said["outcome"] in ("accepted", "completed") else 1)
