-- Cross-references as links with the number of what they point to, counted as pandoc counts:
-- `@sec-law` → 3.2, `@fig-timeline` → 1.

local numbers, counts, heads = {}, {}, {}

local function count(element)
  local kind = element.identifier:match("^(%a+)%-")
  if kind then
    counts[kind] = (counts[kind] or 0) + 1
    numbers[element.identifier] = tostring(counts[kind])
  end
end

local function number(header)
  if header.classes:includes("unnumbered") then return end
  heads[header.level] = (heads[header.level] or 0) + 1
  for level = header.level + 1, #heads do heads[level] = nil end
  numbers[header.identifier] = table.concat(heads, ".")
end

local function refer(cite)
  local links = pandoc.Inlines {}
  for n, citation in ipairs(cite.citations) do
    local text = numbers[citation.id]
    if not text then return nil end
    if n > 1 then links:insert(pandoc.Str ", ") end
    links:insert(pandoc.Link(text, "#" .. citation.id))
  end
  return links
end

return { { Header = number, Figure = count, Table = count }, { Cite = refer } }
