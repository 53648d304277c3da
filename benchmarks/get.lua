-- Each request asks about another item. Arguments: the address with # for the item's number and @ for a number that no
-- other request bears, how many items there are, the Accept field; "same" for one request over and over.
local target, most, accept, same

function init(arguments)
  target, most, accept, same = arguments[1], tonumber(arguments[2]), arguments[3], arguments[4] == "same"
  math.randomseed(os.time())
end

function request()
  local item = same and "1" or tostring(math.random(most))
  local apart = same and "" or tostring(math.random(1000000000))
  return wrk.format("GET", (target:gsub("#", item):gsub("@", apart)), { Accept = accept })
end
