-- The other end of documents/pandoc.py: one pandoc process that answers many requests.
--
-- A frame, either way, is a line "WORD LENGTH LENGTH …" followed by so many bytes for each
-- length. Trees travel as pandoc's JSON. Readers run with an empty environment ({}), which
-- is pandoc's sandbox: no include, no image, no URL is ever opened for a document.

local json, log = pandoc.json, pandoc.log
local NOTHING = {}
local UNWRAPPED = pandoc.WriterOptions { wrap_text = 'none' }

-- The dialect of a message. It is named without a single "-extension": each costs a fifth of a
-- millisecond a message, and what could add a block is kept out by the word before the message.
local MESSAGE = 'markdown'
-- A message is written and read behind a word of its own, so that one which starts with
-- "19. Juni" or "+ 3" is not taken for a list.
local HEAD = '\u{F0000}'

-- To pandoc a quote behind a letter closes, a single one before a letter is an apostrophe, and an @
-- behind one is no citation; not so beside letters of Korean, Japanese, Chinese or Thai, which stand
-- there at once ('북한'은, 说"战争", 见@doe和). A sign that is no letter is put between the two, and
-- taken away again.
local EDGE = '\u{F0001}'
local LETTERS = { '([\xE3-\xED][\x80-\xBF][\x80-\xBF])', '(\xE0[\xB8-\xBB][\x80-\xBF])' }
local KEY = '@[%w_][%w_:.#$%%&+?<>~/-]*'

local function edged(text)
  local cites = text:find('@', 1, true)
  for _, letter in ipairs(LETTERS) do
    text = text:gsub("'" .. letter, "'" .. EDGE .. '%1')
    text = text:gsub(letter .. '(["\'])', '%1' .. EDGE .. '%2')
    if cites then
      text = text:gsub(letter .. '(%-?@)', '%1' .. EDGE .. '%2')
      text = text:gsub('(' .. KEY .. ')' .. letter, '%1' .. EDGE .. '%2')
    end
  end
  return text
end

local function unedged(doc)
  return pandoc.read((pandoc.write(doc, 'json'):gsub(EDGE, '')), 'json')
end

-- Blocks of a message's text; each placeholder [^n] in it gets a note that holds its number.
local function parse(text)
  local seen, notes = {}, {}
  for n in text:gmatch('%[%^(%d+)%]') do
    if not seen[n] and #n <= 6 then
      seen[n] = true
      notes[#notes + 1] = '[^' .. n .. ']: ' .. n
    end
  end
  local whole = HEAD .. ' ' .. edged(text) .. '\n\n' .. table.concat(notes, '\n\n') .. '\n'
  local _, doc = log.silence(pandoc.read, whole, MESSAGE, nil, NOTHING)
  return (whole:find(EDGE, 1, true) and unedged(doc) or doc).blocks
end

-- The paragraph that a message's text is, with the word before it; nothing if it is another thing.
local function paragraph(text)
  if text:find('\n[ \t\r]*\n') then return nil end
  local blocks = parse(text)
  if #blocks == 1 and (blocks[1].t == 'Para' or blocks[1].t == 'Plain') then return blocks[1] end
end

-- A placeholder's call, as it is: the writer would count the calls anew.
local function called(inlines)
  return inlines:walk {
    Note = function(note)
      return pandoc.RawInline('markdown', '[^' .. pandoc.utils.stringify(note.content) .. ']')
    end,
  }
end

local function written(block)
  local _, text = log.silence(pandoc.write, pandoc.Pandoc { block }, MESSAGE, UNWRAPPED)
  return text
end

-- Most messages call no note, and need not be looked through for one.
local function text_of(block)
  local text = written(block)
  if text:find('[^', 1, true) then text = written(pandoc.Plain(called(block.content))) end
  return (text:gsub('^' .. HEAD .. ' ?', ''):gsub('%s+$', ''))
end

-- The same with a backslash before each sign, so that none means anything.
local function literal(block)
  return pandoc.Plain(block.content:walk {
    Str = function(str) return pandoc.RawInline('markdown', (str.text:gsub('%p', '\\%0'))) end,
  })
end

local function document(blocks)
  return pandoc.write(pandoc.Pandoc(blocks), 'json')
end

local does = {}

-- format, bytes of a file → tree, warnings, media (name and bytes in turn)
function does.read(format, source)
  local messages, doc = log.silence(pandoc.read, source, format, nil, NOTHING)
  local reply = { pandoc.write(doc, 'json'), json.encode(messages) }
  for _, item in ipairs(pandoc.mediabag.list()) do
    local _, contents = pandoc.mediabag.lookup(item.path)
    reply[#reply + 1] = item.path
    reply[#reply + 1] = contents
  end
  pandoc.mediabag.empty()
  return reply
end

-- tree of one Plain a message, with the word before it, and whether it is to be written with more
-- backslashes ('literally') → list of texts, and what they are read as: see `does.inlines`
function does.texts(tree, how)
  local texts, blocks = pandoc.List {}, pandoc.Blocks {}
  for _, block in ipairs(pandoc.read(tree, 'json').blocks) do
    local text = text_of(how == 'literally' and literal(block) or block)
    texts:insert(text)
    blocks:insert(paragraph(text) or pandoc.Div {})
  end
  return { json.encode(texts), document(blocks) }
end

-- list of texts → tree of one paragraph a text, with the word before it; one that is not a single
-- paragraph is a Div
function does.inlines(texts)
  local blocks = pandoc.Blocks {}
  for _, text in ipairs(json.decode(texts, false)) do
    local ok, block = pcall(paragraph, text)
    blocks:insert(ok and block or pandoc.Div {})
  end
  return { document(blocks) }
end

local function read_references(format, text)
  if format == 'yaml' then
    text = text:find('^%s*%-%s') and 'references:\n' .. text or text:gsub('^%-%-%-[^\n]*\n', '')
    return pandoc.read('---\n' .. text .. '\n---\n', 'markdown', nil, NOTHING).meta.references
  end
  return pandoc.read(text, format, nil, NOTHING).meta.references
end

-- The bibliography that was asked for last: every edition asks for it.
local last = {}

local function references(format, text)
  if last.format ~= format or last.text ~= text then
    last = { format = format, text = text, entries = read_references(format, text) }
  end
  return last.entries
end

-- format, text of a bibliography → list of the keys in it
function does.keys(format, text)
  local keys = pandoc.List {}
  for _, entry in ipairs(references(format, text) or {}) do
    keys:insert(pandoc.utils.stringify(entry.id))
  end
  return { json.encode(keys) }
end

-- The references of a bibliography, with those of an edition laid over them, field by field.
local function laid_over(below, above)
  local by_id = {}
  for _, entry in ipairs(above or {}) do by_id[pandoc.utils.stringify(entry.id)] = entry end
  return below and pandoc.List(below):map(function(entry)
    local whole = {}
    for field, value in pairs(entry) do whole[field] = value end
    for field, value in pairs(by_id[pandoc.utils.stringify(entry.id)] or {}) do
      whole[field] = value
    end
    return whole
  end)
end

-- tree, format and text of a bibliography, CSL YAML laid over it, URI of a style, language →
-- tree with its citations resolved and the list of references at its end, warnings
function does.cite(tree, format, bibliography, over, style, language)
  local doc = pandoc.read(tree, 'json')
  local entries = references(format, bibliography)
  if over ~= '' then entries = laid_over(entries, read_references('yaml', over)) end
  doc.meta = { references = entries, lang = language,
               ['link-citations'] = true, csl = style ~= '' and style or nil }
  local messages, cited = log.silence(pandoc.utils.citeproc, doc)
  return { pandoc.write(cited, 'json'), json.encode(messages) }
end

-- A sign between passages that are written together: each writing by itself costs a millisecond.
local BETWEEN = '\u{F0002}'

local function html_of(blocks)
  local _, html = log.silence(pandoc.write, pandoc.Pandoc(blocks), 'html5', {
    section_divs = true, html_math_method = 'mathml', wrap_text = 'none',
    highlight_method = 'none',
  })
  return html
end

-- list of Plains → list of HTML, written in one go
local function html_of_passages(passages)
  local blocks, written = pandoc.List {}, pandoc.List {}
  for _, plain in ipairs(passages) do
    blocks:insert(plain)
    blocks:insert(pandoc.RawBlock('html', BETWEEN))
  end
  for html in html_of(blocks):gmatch('(.-)\n?' .. BETWEEN .. '\n?') do written:insert(html) end
  if #written == #passages then return written end
  return passages:map(function(plain) return html_of { plain } end)
end

-- tree whose blocks are Divs → list of HTML, one for the contents of each Div
function does.html(tree)
  local parts = pandoc.read(tree, 'json').blocks:map(function(div) return div.content end)
  local function is_passage(blocks) return #blocks == 1 and blocks[1].t == 'Plain' end
  local passages = parts:filter(is_passage):map(function(blocks) return blocks[1] end)
  local written, n = html_of_passages(passages), 0
  return { json.encode(parts:map(function(blocks)
    if not is_passage(blocks) then return html_of(blocks) end
    n = n + 1
    return written[n]
  end)) }
end

local JATS = 'jats_publishing'
local ARTICLE = pandoc.template.compile('<article><body>$body$</body><back>$back$</back></article>')

-- tree whose references stand in a Div `refs`, format and text of a bibliography, CSL YAML laid
-- over it → JATS with the references as they are set, JATS with them in their parts, CSL-JSON
function does.archive(tree, format, bibliography, over)
  local doc = pandoc.read(tree, 'json')
  local entries = format == '' and {} or references(format, bibliography)
  doc.meta = { references = laid_over(entries, references('yaml', over)) }
  local reply = pandoc.List {}
  for _, name in ipairs { JATS, JATS .. '+element_citations', 'csljson' } do
    local _, text = log.silence(pandoc.write, doc, name, { template = ARTICLE, wrap_text = 'none' })
    reply:insert(text)
  end
  return reply
end

local function answer(word, parts)
  local lengths = {}
  for i, part in ipairs(parts) do lengths[i] = #part end
  io.stdout:write(word, ' ', table.concat(lengths, ' '), '\n', table.unpack(parts))
  io.stdout:flush()
end

for line in io.stdin:lines() do
  local arguments = {}
  for length in line:gmatch(' (%d+)') do
    arguments[#arguments + 1] = length == '0' and '' or io.stdin:read(tonumber(length))
  end
  local ok, reply = pcall(does[line:match('^%a+')], table.unpack(arguments))
  answer(ok and 'ok' or 'error', ok and reply or { tostring(reply) })
end
