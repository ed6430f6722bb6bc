# The printed call with the space before -H that it lacks; the angle brackets in the query are the document's.
curl -X POST "http://$HOST$CALL?<user=username&userId=XXc42aXX-03XX-XXdd-aXX8-42fXXXd7cXXX>" --header "accept: */*" --header "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" -d "$PAYLOAD"
