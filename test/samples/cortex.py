import http.client
import os

conn = http.client.HTTPConnection(os.environ["HOST"])

payload = "{\"request_data\":{\"filters\":[{\"field\":\"endpoint_id_list\",\"operator\":\"in\",\"value\":[\"" + os.environ["ENDPOINT_ID"] + "\"]}],\"file_path\":\"string\",\"file_hash\":\"string\"}}"

headers = {
    'Authorization': os.environ["KEY"],
    'x-xdr-auth-id': os.environ["KEY_ID"],
    'Accept-Encoding': "SOME_STRING_VALUE",
    'content-type': "application/json"
    }

conn.request("POST", "/public_api/v1/endpoints/quarantine", payload, headers)

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
