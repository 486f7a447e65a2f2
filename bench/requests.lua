-- Replays the requests of a file: method, path, authorization, idempotency key and body, split by
-- tabs. With a second argument it counts the conflicts (409), which are no errors then.
local requests, at, threads = {}, 0, {}
conflicts = 0

function setup(thread)
  threads[#threads + 1] = thread
end

function init(args)
  if args[2] then
    response = function(status) if status == 409 then conflicts = conflicts + 1 end end
  end
  for line in io.lines(args[1]) do
    local method, path, auth, key, body = line:match("^(.-)\t(.-)\t(.-)\t(.-)\t(.*)$")
    local headers = { ["Content-Type"] = "application/json" }
    if auth ~= "" then headers["Authorization"] = auth end
    if key ~= "" then headers["Idempotency-Key"] = key end
    requests[#requests + 1] = wrk.format(method, path, headers, body ~= "" and body or nil)
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency, _)
  local conflicts = 0
  for _, thread in ipairs(threads) do conflicts = conflicts + thread:get("conflicts") end
  io.write(string.format(
    '{"requests": %d, "seconds": %.4f, "p50_ms": %.3f, "p95_ms": %.3f, "errors": %d, "conflicts": %d}\n',
    summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3,
    summary.errors.status + summary.errors.timeout + summary.errors.connect - conflicts, conflicts))
end
