require 'uri'
require 'net/http'
require 'openssl'

url = URI("http://#{ENV['HOST']}/public_api/v1/endpoints/quarantine")

# Without use_ssl and verify_mode: this server speaks plain HTTP.
http = Net::HTTP.new(url.host, url.port)

request = Net::HTTP::Post.new(url)
request["Authorization"] = ENV['KEY']
request["x-xdr-auth-id"] = ENV['KEY_ID']
request["Accept-Encoding"] = 'SOME_STRING_VALUE'
request["content-type"] = 'application/json'
request.body = "{\"request_data\":{\"filters\":[{\"field\":\"endpoint_id_list\",\"operator\":\"in\",\"value\":[\"#{ENV['ENDPOINT_ID']}\"]}],\"file_path\":\"string\",\"file_hash\":\"string\"}}"

response = http.request(request)
puts response.read_body
