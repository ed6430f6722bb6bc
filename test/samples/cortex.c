#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>

int main(void) {
  char url[1024], authorization[1024], id[1024], body[1024];
  snprintf(url, sizeof url, "http://%s/public_api/v1/endpoints/quarantine", getenv("HOST"));
  snprintf(authorization, sizeof authorization, "Authorization: %s", getenv("KEY"));
  snprintf(id, sizeof id, "x-xdr-auth-id: %s", getenv("KEY_ID"));
  snprintf(body, sizeof body, "{\"request_data\":{\"filters\":[{\"field\":\"endpoint_id_list\",\"operator\":\"in\",\"value\":[\"%s\"]}],\"file_path\":\"string\",\"file_hash\":\"string\"}}", getenv("ENDPOINT_ID"));

  CURL *hnd = curl_easy_init();

  curl_easy_setopt(hnd, CURLOPT_CUSTOMREQUEST, "POST");
  curl_easy_setopt(hnd, CURLOPT_URL, url);

  struct curl_slist *headers = NULL;
  headers = curl_slist_append(headers, authorization);
  headers = curl_slist_append(headers, id);
  headers = curl_slist_append(headers, "Accept-Encoding: SOME_STRING_VALUE");
  headers = curl_slist_append(headers, "content-type: application/json");
  curl_easy_setopt(hnd, CURLOPT_HTTPHEADER, headers);

  curl_easy_setopt(hnd, CURLOPT_POSTFIELDS, body);

  CURLcode ret = curl_easy_perform(hnd);
  return ret;
}
