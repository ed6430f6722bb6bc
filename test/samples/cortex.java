import com.mashape.unirest.http.HttpResponse;
import com.mashape.unirest.http.Unirest;

/** The sample of the page, in the program that it needs to run; http, host and key come from the environment. */
class Sample {
  public static void main(String[] args) throws Exception {
    HttpResponse<String> response = Unirest.post("http://" + System.getenv("HOST") + "/public_api/v1/endpoints/quarantine")
      .header("Authorization", System.getenv("KEY"))
      .header("x-xdr-auth-id", System.getenv("KEY_ID"))
      .header("Accept-Encoding", "SOME_STRING_VALUE")
      .header("content-type", "application/json")
      .body("{\"request_data\":{\"filters\":[{\"field\":\"endpoint_id_list\",\"operator\":\"in\",\"value\":[\"" + System.getenv("ENDPOINT_ID") + "\"]}],\"file_path\":\"string\",\"file_hash\":\"string\"}}")
      .asString();
    System.out.println(response.getBody());
    Unirest.shutdown();
  }
}
