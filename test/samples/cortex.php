<?php

$curl = curl_init();

curl_setopt_array($curl, [
  CURLOPT_URL => "http://" . getenv("HOST") . "/public_api/v1/endpoints/quarantine",
  CURLOPT_RETURNTRANSFER => true,
  CURLOPT_ENCODING => "",
  CURLOPT_MAXREDIRS => 10,
  CURLOPT_TIMEOUT => 30,
  CURLOPT_HTTP_VERSION => CURL_HTTP_VERSION_1_1,
  CURLOPT_CUSTOMREQUEST => "POST",
  CURLOPT_POSTFIELDS => "{\"request_data\":{\"filters\":[{\"field\":\"endpoint_id_list\",\"operator\":\"in\",\"value\":[\"" . getenv("ENDPOINT_ID") . "\"]}],\"file_path\":\"string\",\"file_hash\":\"string\"}}",
  CURLOPT_HTTPHEADER => [
    "Accept-Encoding: SOME_STRING_VALUE",
    "Authorization: " . getenv("KEY"),
    "content-type: application/json",
    "x-xdr-auth-id: " . getenv("KEY_ID")
  ],
]);

$response = curl_exec($curl);
$err = curl_error($curl);

curl_close($curl);

if ($err) {
  echo "cURL Error #:" . $err;
} else {
  echo $response;
}
