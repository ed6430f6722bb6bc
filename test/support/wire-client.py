"""Makes one call and prints, as JSON, what came of it: the reply, or the class of the exception that a client must catch."""

import gzip
import http.client
import json
import sys
from urllib.parse import urlsplit


def with_http_client(call):
    address = urlsplit(call["url"])
    connection = http.client.HTTPConnection(address.netloc, timeout=60)
    connection.request("POST", address.path, call["body"], call["headers"])
    reply = connection.getresponse()
    seen.update(status=reply.status, type=reply.headers["content-type"])
    content = reply.read()
    # The standard library leaves that to its user.
    if reply.headers["content-encoding"] == "gzip":
        content = gzip.decompress(content)
    return json.loads(content)


def with_requests(call):
    import requests

    session = requests.Session()
    session.trust_env = False
    reply = session.post(call["url"], data=call["body"], headers=call["headers"], timeout=60)
    seen.update(status=reply.status_code, type=reply.headers["content-type"])
    return reply.json()


seen = {}
ask = {"http.client": with_http_client, "requests": with_requests}[sys.argv[1]]
try:
    seen["json"] = ask(json.loads(sys.argv[2]))
except Exception as error:
    seen["error"] = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
print(json.dumps(seen))
