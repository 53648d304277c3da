-- Each request asks for another item. Arguments: the path with a # where the item's number goes, how many items there
-- are, the Accept field; "same" for one request over and over.
local path, most, accept, same

function init(arguments)
  path, most, accept, same = arguments[1], tonumber(arguments[2]), arguments[3], arguments[4] == "same"
  math.randomseed(os.time())
end

function request()
  local item = same and 1 or math.random(most)
  return wrk.format("GET", (path:gsub("#", tostring(item))), { Accept = accept })
end
