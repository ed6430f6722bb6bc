import json
import urllib.error
import urllib.request

import pytest
from fauxdr_fixture import FauxdrError

COMPLETES = "facade00000000000000000000000001"


def quarantine(url, key, endpoint):
    """The client under test."""
    data = {
        "filters": [{"field": "endpoint_id_list", "operator": "in", "value": [endpoint]}],
        "file_path": "C:\\temp\\test_x64.msi",
        "file_hash": "0" * 64,
    }
    request = urllib.request.Request(
        f"{url}/public_api/v1/endpoints/quarantine",
        data=json.dumps({"request_data": data}).encode(),
        headers={
            "Content-Type": "application/json",
            "x-xdr-auth-id": key["x-xdr-auth-id"],
            "Authorization": key["key"],
        },
    )
    with urllib.request.urlopen(request, timeout=10) as response:
        return json.load(response)["reply"]


def test_it_is_sent_once(fauxdr):
    key = fauxdr.credentials["cortex"]["standard key"]
    assert quarantine(fauxdr.url, key, COMPLETES)["endpoints_count"] == "1"
    fauxdr.verify(operation="quarantineFiles", times=1)
    with pytest.raises(FauxdrError, match="expected exactly 2 quarantineFiles, saw 1"):
        fauxdr.verify(operation="quarantineFiles", times=2)
    assert [finding for finding in fauxdr.findings() if finding["severity"] == "must"] == []


@pytest.mark.fauxdr(wire="recorded")
def test_numbers_are_borne(fauxdr):
    key = fauxdr.credentials["cortex"]["standard key"]
    assert int(quarantine(fauxdr.url, key, COMPLETES)["action_id"]) > 0


def test_want_of_a_licence_is_seen(fauxdr):
    with pytest.raises(urllib.error.HTTPError) as refused:
        quarantine(fauxdr.url, fauxdr.credentials["cortex"]["no licence (402)"], COMPLETES)
    assert refused.value.code == 402


def test_a_fault_strikes_this_world_alone(fauxdr):
    fauxdr.add_fault({"kind": "status", "status": 503}, operation="quarantineFiles", times=1)
    key = fauxdr.credentials["cortex"]["standard key"]
    with pytest.raises(urllib.error.HTTPError) as refused:
        quarantine(fauxdr.url, key, COMPLETES)
    assert refused.value.code == 503
    assert len(fauxdr.requests()) == 1
