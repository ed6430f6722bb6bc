"""A third-party library, which a test must use unchanged."""
import json
import urllib.error
import urllib.request


class XdrError(Exception):
    def __init__(self, status, message):
        super().__init__(message)
        self.status = status


class XdrClient:
    def __init__(self, base_url, key_id, key):
        self._base_url, self._key_id, self._key = base_url, key_id, key

    def quarantine(self, endpoint_ids, path, sha256):
        reply = self._post("endpoints/quarantine", {
            "filters": [{"field": "endpoint_id_list", "operator": "in", "value": endpoint_ids}],
            "file_path": path,
            "file_hash": sha256,
        })
        return int(reply["action_id"])

    def action_status(self, action_id):
        return self._post("actions/get_action_status", {"group_action_id": action_id})["data"]

    def _post(self, call, request_data):
        request = urllib.request.Request(
            f"{self._base_url}/public_api/v1/{call}",
            data=json.dumps({"request_data": request_data}).encode(),
            headers={
                "Content-Type": "application/json",
                "x-xdr-auth-id": self._key_id,
                "Authorization": self._key,
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return json.load(response)["reply"]
        except urllib.error.HTTPError as error:
            raise XdrError(error.code, error.read().decode(errors="replace")) from error
