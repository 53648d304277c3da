-- Each request asks about another item, and bears a comment of its own so that no answer was given before.
-- Arguments: the path, the file of the query, how many items there are; "same" for one request over and over.
local before, after, most, same

local function encoded(text)
  return (text:gsub("[^%w]", function(each) return string.format("%%%02X", each:byte()) end))
end

function init(arguments)
  local file = assert(io.open(arguments[2]))
  local text = file:read("a")
  file:close()
  most, same = tonumber(arguments[3]), arguments[4] == "same"
  local start, stop = text:find("/%a+/%a1>")
  if start then
    before, after = arguments[1] .. "?query=" .. encoded(text:sub(1, stop - 2)), encoded(text:sub(stop))
  else
    before, after = arguments[1] .. "?query=" .. encoded(text), ""
  end
  if not start then most = nil end
  math.randomseed(os.time())
end

function request()
  local item = most and (same and 1 or math.random(most)) or ""
  local comment = same and "" or encoded("# " .. math.random(1000000000))
  return wrk.format("GET", before .. item .. after .. comment, { Accept = "application/sparql-results+json" })
end
