// Everything that must happen at once in Redis. All keys are declared, and none of it takes longer with more tenants.

/**
 * KEYS: head (a hash: version, commit, count of the values), values (a hash by path), log (a stream of the paths that
 * each version changed), lock (who holds it), queue (who waits for it), sharers (whether another server than the writer
 * has read it, and so wants to hear of changes).
 *
 * A head without all its values, or the reverse, shows that Redis has removed a part.
 */
const READ_HEAD = `
local function head()
  local found = redis.call("HMGET", KEYS[1], "version", "commit", "count")
  local count = redis.call("HLEN", KEYS[2])
  if count ~= tonumber(found[3] or "0") then return nil end
  return {version = tonumber(found[1] or "0"), commit = found[2] or ""}
end
`;

/** Returned in place of a version. */
export const LOST = -2;
export const LOCK_BUSY = -1;

/** How long a server that has read a tenant is told of changes. */
const TOLD_MS = 24 * 60 * 60_000;

/** ARGV: the server; from \`from\`: the known version, its commit, then paths to read in any case. */
const NEWS = `${READ_HEAD}
local AT_ONCE = 50
local function news(from)
  local now = head()
  if not now then return {${LOST}} end
  if now.version == 0 then return {0} end
  if string.sub(now.commit, 1, #ARGV[1]) ~= ARGV[1] then redis.call("SET", KEYS[6], "1", "PX", ${TOLD_MS}) end
  local since = tonumber(ARGV[from])
  local isCurrent = since == now.version and ARGV[from + 1] == now.commit
  local base = redis.call("XRANGE", KEYS[3], since .. "-0", since .. "-0")[1]
  if not isCurrent and (not base or base[2][2] ~= ARGV[from + 1]) then return {now.version, now.commit, 1, {}, 0} end
  local seen, flat = {}, {}
  local function read(path)
    if seen[path] then return end
    seen[path] = true
    flat[#flat + 1] = path
    flat[#flat + 1] = redis.call("HGET", KEYS[2], path)
  end
  for index = from + 2, #ARGV do read(ARGV[index]) end
  local version, commit = since, ARGV[from + 1]
  local entries = redis.call("XRANGE", KEYS[3], (since + 1) .. "-0", "+", "COUNT", AT_ONCE)
  for _, entry in ipairs(entries) do
    if #flat > 4000 then break end
    if entry[2][4] == "" then return {now.version, now.commit, 1, {}, 0} end
    for path in string.gmatch(entry[2][4], "[^\\n]+") do read(path) end
    version, commit = tonumber(string.match(entry[1], "%d+")), entry[2][2]
  end
  if #entries == 0 and version ~= now.version then return {now.version, now.commit, 1, {}, 0} end
  return {version, commit, 0, flat, now.version - version}
end
`;

const news = `${NEWS}
return news(2)
`;

/**
 * ARGV: the server, the lease in ms, how long a waiting server is waited for in ms, then as for \`news\`. A server that
 * waits comes before the one that had the lock last.
 */
const lock = `${NEWS}
local holder = redis.call("GET", KEYS[4])
local first = redis.call("GET", KEYS[5])
if holder ~= ARGV[1] and (holder or first and first ~= ARGV[1]) then
  if not first or first == ARGV[1] then redis.call("SET", KEYS[5], ARGV[1], "PX", ARGV[3]) end
  return {${LOCK_BUSY}}
end
local found = news(4)
if found[1] > 0 then
  redis.call("DEL", KEYS[5])
  redis.call("SET", KEYS[4], ARGV[1], "PX", ARGV[2])
end
return found
`;

/**
 * KEYS[7]: the channel; KEYS[8]: where everything is, if it is to be replaced.
 * ARGV: the server, the name of this commit, the known version and its commit, the length of the log, how long an idle
 * tenant is kept in ms (0: for ever), whether everything is replaced, the paths, and the value of each ("" if removed).
 * Both are lines of one argument, because each argument costs its server time.
 */
const commit = `${READ_HEAD}
local now = head()
if not now then return {${LOST}} end
if now.commit == ARGV[2] then return {now.version} end
if now.version ~= tonumber(ARGV[3]) or now.commit ~= ARGV[4] then
  local id = (tonumber(ARGV[3]) + 1) .. "-0"
  local entry = redis.call("XRANGE", KEYS[3], id, id)[1]
  return {entry and entry[2][2] == ARGV[2] and tonumber(ARGV[3]) + 1 or ${LOCK_BUSY}}
end
local holder = redis.call("GET", KEYS[4])
local first = redis.call("GET", KEYS[5])
if holder and holder ~= ARGV[1] then return {${LOCK_BUSY}} end
if not holder and first and first ~= ARGV[1] then return {${LOCK_BUSY}} end
local version = now.version
local isWhole = ARGV[7] == "1"
if isWhole or ARGV[8] ~= "" then
  version = version + 1
  if isWhole then
    redis.call("UNLINK", KEYS[2])
    redis.call("RENAME", KEYS[8], KEYS[2])
    redis.call("PERSIST", KEYS[2])
  else
    local set, gone = {}, {}
    local next_value = string.gmatch(ARGV[9] .. "\\n", "([^\\n]*)\\n")
    for path in string.gmatch(ARGV[8], "[^\\n]+") do
      local value = next_value()
      if value == "" then gone[#gone + 1] = path
      else
        set[#set + 1] = path
        set[#set + 1] = value
      end
    end
    if #set > 0 then redis.call("HSET", KEYS[2], unpack(set)) end
    if #gone > 0 then redis.call("HDEL", KEYS[2], unpack(gone)) end
  end
  local paths = isWhole and "" or ARGV[8]
  redis.call("HSET", KEYS[1], "version", version, "commit", ARGV[2], "count", redis.call("HLEN", KEYS[2]))
  redis.call("XADD", KEYS[3], "MAXLEN", ARGV[5], version .. "-0", "commit", ARGV[2], "paths", paths)
end
if tonumber(ARGV[6]) > 0 then
  for index = 1, 3 do redis.call("PEXPIRE", KEYS[index], ARGV[6]) end
end
if holder then redis.call("DEL", KEYS[4]) end
if first or version == 1 or redis.call("EXISTS", KEYS[6]) == 1 then redis.call("PUBLISH", KEYS[7], version .. " " .. ARGV[1]) end
return {version}
`;

/**
 * KEYS: root (a hash: world, made, and the counts of the other two), tenants (a hash: number, and whether it is ready),
 * claims (a hash of names by digest).
 */
const CHECK_LIST = `
local function isLost()
  local found = redis.call("HMGET", KEYS[1], "tenants", "claims")
  return redis.call("HLEN", KEYS[2]) ~= tonumber(found[1] or "0")
    or redis.call("HLEN", KEYS[3]) ~= tonumber(found[2] or "0")
end
local function count()
  redis.call("HSET", KEYS[1], "tenants", redis.call("HLEN", KEYS[2]), "claims", redis.call("HLEN", KEYS[3]))
end
if isLost() then return {"lost"} end
`;

/** ARGV: the name of a new world. */
const join = `${CHECK_LIST}
redis.call("HSETNX", KEYS[1], "world", ARGV[1])
return {redis.call("HGET", KEYS[1], "world")}
`;

/** ARGV: name, number, limit, digests. */
const reserve = `${CHECK_LIST}
if redis.call("HEXISTS", KEYS[2], ARGV[1]) == 1 then return {"taken"} end
if redis.call("HLEN", KEYS[2]) >= tonumber(ARGV[3]) then return {"full"} end
local made = tonumber(redis.call("HGET", KEYS[1], "made") or "0")
for index = 4, #ARGV do
  if redis.call("HEXISTS", KEYS[3], ARGV[index]) == 1 then return {"late"} end
end
redis.call("HSET", KEYS[2], ARGV[1], ARGV[2])
for index = 4, #ARGV do redis.call("HSET", KEYS[3], ARGV[index], ARGV[1]) end
redis.call("HSET", KEYS[1], "made", math.max(made, ARGV[2] + 1))
count()
return {"listed"}
`;

/** ARGV: name, the entry. */
const ready = `${CHECK_LIST}
if redis.call("HEXISTS", KEYS[2], ARGV[1]) == 1 then redis.call("HSET", KEYS[2], ARGV[1], ARGV[2]) end
return {"ok"}
`;

/** ARGV: "2" for a tenant by name or "3" for a claim by digest, and which. */
const find = `${CHECK_LIST}
return {"ok", redis.call("HGET", KEYS[tonumber(ARGV[1])], ARGV[2]), redis.call("HGET", KEYS[1], "world")}
`;

const next = `${CHECK_LIST}
return {"ok", redis.call("HGET", KEYS[1], "made")}
`;

const all = `${CHECK_LIST}
return {"ok", redis.call("HGETALL", KEYS[2])}
`;

/** ARGV: name, digests. */
const remove = `${CHECK_LIST}
redis.call("HDEL", KEYS[2], ARGV[1])
for index = 2, #ARGV do redis.call("HDEL", KEYS[3], ARGV[index]) end
count()
return {"ok"}
`;

/** By name: how many of the arguments are keys, and the script. */
export const SCRIPTS: Readonly<Record<string, { numberOfKeys: number; lua: string }>> = {
  news: { numberOfKeys: 6, lua: news },
  lock: { numberOfKeys: 6, lua: lock },
  store: { numberOfKeys: 8, lua: commit },
  join: { numberOfKeys: 3, lua: join },
  reserve: { numberOfKeys: 3, lua: reserve },
  ready: { numberOfKeys: 3, lua: ready },
  find: { numberOfKeys: 3, lua: find },
  next: { numberOfKeys: 3, lua: next },
  list: { numberOfKeys: 3, lua: all },
  remove: { numberOfKeys: 3, lua: remove },
};
