#!/usr/bin/env ruby
# frozen_string_literal: true

# Quarantines a file on endpoints and follows what becomes of it, with the standard library alone.
# FAUXDR_INPUT says what to do; one JSON line on stdout and the exit code say how it went.
require "json"
require "net/http"

MOST_ENDPOINTS = 1000 # The API takes no more in one call.
MOST_ATTEMPTS = 3
FINAL = %w[COMPLETED_SUCCESSFULLY COMPLETED_PARTIAL FAILED TIMEOUT EXPIRED CANCELLED ABORTED].freeze

class Refused < StandardError
  attr_reader :status, :retry_after

  def initialize(response)
    @status = response.code.to_i
    @retry_after = response["retry-after"]&.match(/\A\d+\z/)&.to_s&.to_i
    super(reason_in(response.body.to_s))
  end

  def busy? = [429, 503].include?(status)

  private

  # The vendor's reason, flat or wrapped; a gateway's page or plain text is cut short.
  def reason_in(body)
    error = JSON.parse(body)
    error = error.fetch("reply", error)
    error.values_at("err_msg", "err_extra").compact.join(": ")
  rescue JSON::ParserError, NoMethodError
    body.dup.force_encoding("UTF-8").scrub[0, 200]
  end
end

# A reply that broke on its way, or is none of this API's.
class Lost < StandardError; end

class Cortex
  def initialize(url, key_id, key, give_up_seconds)
    @base = URI(url)
    @headers = { "Content-Type" => "application/json", "x-xdr-auth-id" => key_id, "Authorization" => key }
    @deadline = now + give_up_seconds
    @limit = give_up_seconds.clamp(2, 30)
  end

  def quarantine(endpoints, path, hash)
    filters = [{ field: "endpoint_id_list", operator: "in", value: endpoints }]
    reply = call("endpoints/quarantine", { filters: filters, file_path: path, file_hash: hash })
    raise Lost, "the action was not sent: status #{reply["status"]}" unless Integer(reply["status"]) == 1

    Integer(reply["action_id"])
  end

  # Asks until nothing moves any more, or until it takes too long; the last statuses, by endpoint.
  def follow(action_id, endpoints, poll_seconds)
    data = {}
    while seconds_left > poll_seconds
      sleep poll_seconds
      begin
        data = call("actions/get_action_status", { group_action_id: action_id }).fetch("data")
      rescue Refused => e
        raise if e.status < 500
      rescue Lost
        next # To ask once more does no harm.
      end
      # An unknown status does not end the action.
      break if data.any? && endpoints.all? { |id| FINAL.include?(data.fetch(id, "FAILED")) }
    end
    data
  end

  private

  # Retries after a 429 or 503 only: after a lost reply it is unknown what was done.
  def call(path, request_data)
    attempt = 1
    begin
      post(path, request_data)
    rescue Refused => e
      pause = e.retry_after || (0.2 * (2**attempt))
      raise if !e.busy? || attempt == MOST_ATTEMPTS || pause > seconds_left

      sleep pause
      attempt += 1
      retry
    end
  end

  def post(path, request_data)
    request = Net::HTTP::Post.new("/public_api/v1/#{path}", @headers)
    request.body = JSON.generate(request_data: request_data)
    response = http.request(request)
    raise Refused, response unless response.is_a?(Net::HTTPSuccess)

    JSON.parse(response.body).fetch("reply")
  rescue SystemCallError, IOError, Timeout::Error, Net::ProtocolError, Net::HTTPBadResponse,
         OpenSSL::SSL::SSLError, Zlib::Error, JSON::ParserError, KeyError => e
    raise Lost, "#{e.class}: #{e.message}"
  end

  def http
    Net::HTTP.new(@base.host, @base.port).tap do |http|
      http.use_ssl = @base.scheme == "https"
      http.read_timeout = @limit
      http.max_retries = 0
    end
  end

  def seconds_left = @deadline - now

  def now = Process.clock_gettime(Process::CLOCK_MONOTONIC)
end

def outcome_of(statuses)
  done = statuses.count("COMPLETED_SUCCESSFULLY")
  return { outcome: "completed" } if done == statuses.size

  some = done + statuses.count("COMPLETED_PARTIAL")
  { outcome: some.positive? ? "partial" : "failed", reason: "ended as #{statuses.uniq.join(", ")}" }
end

def run(task)
  raise Lost, "no endpoints were given" if task["endpoints"].empty?

  cortex = Cortex.new(
    ENV.fetch("CORTEX_URL"), ENV.fetch("CORTEX_API_KEY_ID"), ENV.fetch("CORTEX_API_KEY"), task["giveUpSeconds"]
  )
  actions = task["endpoints"].each_slice(MOST_ENDPOINTS).map do |batch|
    [batch, cortex.quarantine(batch, task["filePath"], task["fileHash"])]
  end
  action_id = actions.first.last.to_s
  return { outcome: "accepted", actionId: action_id } unless task["wait"]

  statuses = actions.flat_map do |batch, action|
    data = cortex.follow(action, batch, task["pollSeconds"])
    batch.map { |endpoint| data.fetch(endpoint, "no such endpoint") }
  end
  outcome_of(statuses).merge(actionId: action_id)
end

word =
  begin
    run(JSON.parse(ENV.fetch("FAUXDR_INPUT").dup.force_encoding("UTF-8")))
  rescue Refused => e
    { outcome: "refused", status: e.status, reason: e.message }
  rescue Lost => e
    { outcome: "failed", reason: e.message }
  end
puts JSON.generate(word)
exit %w[accepted completed].include?(word[:outcome])
