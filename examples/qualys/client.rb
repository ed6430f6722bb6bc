# A client of the quarantine call, as one would write it in Ruby, with the standard library alone.
# It does what FAUXDR_INPUT says, and says in one JSON line how it went.
require "json"
require "net/http"
require "time"

BASE = ENV.fetch("QUALYS_URL")
TASK = JSON.parse(ENV.fetch("FAUXDR_INPUT"))
LIMIT_SECONDS = TASK["giveUpSeconds"].clamp(2, 30)
AGENT_VERSION = ENV.fetch("AGENT_VERSION", "7.1.0.35")

class Refused < StandardError
  attr_reader :status

  def initialize(status, text)
    super("#{status}: #{text[0, 200]}")
    @status = status
  end
end

def request(method, path, headers, body = nil)
  uri = URI(BASE + path)
  attempt = 0
  loop do
    attempt += 1
    options = { use_ssl: uri.scheme == "https", read_timeout: LIMIT_SECONDS, max_retries: 0 }
    response = Net::HTTP.start(uri.host, uri.port, options) do |http|
      http.send_request(method, uri.request_uri, body, headers)
    end
    text = response.body.to_s
    return text if response.is_a?(Net::HTTPSuccess)

    # Whoever is busy says for how long: what is refused so was not done, and may be sent again.
    pause = (response["Retry-After"] || response["X-RateLimit-ToWait-Sec"]).to_i
    raise Refused.new(response.code.to_i, text) if !pause.between?(1, 60) || attempt == 3

    sleep pause
  end
end

def login
  form = {
    username: ENV.fetch("QUALYS_USERNAME"),
    password: ENV.fetch("QUALYS_PASSWORD"),
    token: true,
    permissions: true
  }
  type = { "Content-Type" => "application/x-www-form-urlencoded" }
  @token = request("POST", "/auth", type, URI.encode_www_form(form))
end

def send_json(method, path, value)
  headers = { "Authorization" => "Bearer #{@token}", "Content-Type" => "application/json" }
  JSON.parse(request(method, path, headers, value && JSON.generate(value)))
end

def call(method, path, value = nil)
  login unless @token
  begin
    send_json(method, path, value)
  rescue Refused => e
    raise unless e.status == 401

    login
    send_json(method, path, value)
  end
end

task = TASK
who = { user: task.fetch("user", "Response Bot"), userId: task.fetch("userId", "response-bot") }
actions = "/ioc#{task["version"] == "v1" ? "/v1" : ""}/remediation-actions"

quarantine = lambda do |agent_ids|
  asset_actions = agent_ids.map do |id|
    { eventId: id, action: task["action"], agentId: id, eventType: "AGENT", agentVersion: AGENT_VERSION }
  end
  reply = call("POST", "#{actions}/quarantineHost?#{URI.encode_www_form(who)}", {
    remediationSource: "EDR",
    **who,
    comment: task["comment"],
    requestTime: Time.now.utc.iso8601(3),
    assetActionParameter: { assetActions: asset_actions }
  })
  reply.fetch("requestId")
end

# success or failed; whatever is neither is not the end.
end_of = lambda do |request_id, deadline|
  while Process.clock_gettime(Process::CLOCK_MONOTONIC) < deadline
    status = call("GET", "#{actions}/activityLog/#{request_id}").fetch("status").downcase
    return status if %w[success failed].include?(status)

    sleep task["pollSeconds"]
  end
  raise "#{request_id} did not end within #{task["giveUpSeconds"]} seconds"
end

run = lambda do
  return { outcome: "accepted", actionId: quarantine.call(task["agentIds"]) } unless task["wait"]

  # A requestId tells of one host only: those that are to be followed are asked for one by one.
  request_ids = task["agentIds"].map { |id| quarantine.call([id]) }
  deadline = Process.clock_gettime(Process::CLOCK_MONOTONIC) + task["giveUpSeconds"]
  ends = request_ids.map { |request_id| end_of.call(request_id, deadline) }
  good = ends.count("success")
  { outcome: good == ends.size ? "completed" : good.positive? ? "partial" : "failed", actionId: request_ids.first }
end

word =
  begin
    run.call
  rescue Refused => e
    { outcome: e.status < 500 ? "refused" : "failed", status: e.status, reason: e.message }
  rescue StandardError => e
    { outcome: "failed", reason: "#{e.class}: #{e.message}" }
  end
puts JSON.generate(word)
exit %w[accepted completed].include?(word[:outcome])
