"""A pytest fixture for fauxdr: copy this file beside your conftest.py and write `from fauxdr_fixture import fauxdr`.

Every test gets a world of its own (a tenant with its credentials, state, clock and journal) on one mock: the one that
FAUXDR_URL names, or else one that is started for the session: by the command in MOCK_COMMAND, or by the `fauxdr` on
PATH (the executable, or the npm package). It needs pytest and nothing else.
"""
import json
import os
import shlex
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
import uuid

import pytest


class FauxdrError(AssertionError):
    """fauxdr refused, or a journal does not show what it should. The message is fauxdr's own sentence."""


class Tenant:
    """One isolated world. `url` and `credentials` go to the client under test."""

    def __init__(self, url, name, **settings):
        self.url = url
        made = self._ask("POST", "/tenants", {"name": name, "settings": settings})
        self.name = made["name"]
        self.credentials = {
            vendor["name"]: {one["purpose"]: one["values"] for one in vendor["credentials"]}
            for vendor in made["vendors"]
        }

    def verify(self, **expectation):
        """verify(operation="quarantineFiles", times=1): raises where the journal shows something else, or cannot tell."""
        verdict = self._own("POST", "/verify", expectation)
        if verdict["verdict"] != "passed":
            raise FauxdrError(verdict["message"])

    def add_fault(self, fault, **rule):
        """add_fault({"kind": "status", "status": 503}, operation="getActionStatus", times=1)"""
        return self._own("POST", "/faults", {"fault": fault, **rule})

    def advance(self, seconds):
        """Moves the clock on: actions take no time in a test."""
        return self._own("POST", "/clock", {"advanceSeconds": seconds})

    def requests(self):
        """What came in, oldest first, without credentials."""
        return self._ask("GET", f"/requests?tenant={self.name}")["requests"]

    def findings(self):
        """What fauxdr has against the client, the gravest first."""
        return self._ask("GET", f"/findings?tenant={self.name}")["findings"]

    def delete(self):
        self._own("DELETE", "")

    def _own(self, method, path, body=None):
        return self._ask(method, f"/tenants/{self.name}{path}", body)

    def _ask(self, method, path, body=None):
        request = urllib.request.Request(
            f"{self.url}/__admin{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            raise FauxdrError(json.load(error)["error"]) from None


@pytest.fixture(scope="session")
def fauxdr_url():
    """Where the mock is."""
    if "FAUXDR_URL" in os.environ:
        yield os.environ["FAUXDR_URL"]
        return
    with tempfile.TemporaryDirectory() as folder:
        ready = os.path.join(folder, "ready.json")
        command = shlex.split(os.environ.get("MOCK_COMMAND", "")) or [shutil.which("fauxdr")]
        if command == [None]:
            pytest.fail("no mock: set FAUXDR_URL or MOCK_COMMAND, or put fauxdr on PATH")
        server = subprocess.Popen([*command, "--port", "0", "--log", "none", "--ready-file", ready], stdout=subprocess.DEVNULL)
        try:
            until = time.monotonic() + 60
            while not os.path.exists(ready):
                if server.poll() is not None or time.monotonic() > until:
                    pytest.fail("fauxdr did not start: run this to see why: " + shlex.join(command))
                time.sleep(0.02)
            with open(ready, encoding="utf-8") as file:
                yield json.load(file)["url"]
        finally:
            server.terminate()
            server.wait(10)


@pytest.fixture
def fauxdr(fauxdr_url, request):
    """A world for this test alone. Settings: @pytest.mark.fauxdr(wire="recorded")."""
    marker = request.node.get_closest_marker("fauxdr")
    tenant = Tenant(fauxdr_url, f"t{uuid.uuid4().hex[:12]}", **(marker.kwargs if marker else {}))
    yield tenant
    tenant.delete()
