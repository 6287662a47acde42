-- Works in Neovim 0.7, which Debian has. Opens a file, waits for a diagnostic, completes, and renames. Exits with code 1 if an answer is wrong.

local folder = vim.fn.tempname()
vim.fn.mkdir(folder, "p")
local file = folder .. "/flow.asl.json"
vim.fn.writefile({
  "{",
  '  "StartAt": "Check",',
  '  "States": {',
  '    "Check": { "Type": "Pass", "Next": "Chrage" },',
  '    "Charge": { "Type": "Succeed" }',
  "  }",
  "}",
}, file)

local function fail(message)
  io.stderr:write(message .. "\n")
  vim.cmd("cquit 1")
end

local function check(condition, message)
  if not condition then
    fail(message)
  end
end

-- The configuration would run `asl` from the PATH; the test runs a given binary.
local client = vim.lsp.start_client({
  name = "asl",
  cmd = { os.getenv("ASL") or "asl", "lsp" },
  root_dir = folder,
})
check(client, "the server does not start")
vim.cmd("edit " .. file)
vim.lsp.buf_attach_client(0, client)

check(vim.wait(20000, function()
  return #vim.diagnostic.get(0) > 0
end, 20), "no diagnostic arrived")
local found = vim.diagnostic.get(0)[1]
check(found.code == "missing-target" and found.lnum == 3, "another diagnostic: " .. vim.inspect(found))

local function request(method, line, column, extra)
  local params = vim.tbl_extend("force", {
    textDocument = { uri = vim.uri_from_fname(file) },
    position = { line = line, character = column },
  }, extra or {})
  local answers = vim.lsp.buf_request_sync(0, method, params, 20000) or {}
  for _, answer in pairs(answers) do
    check(not answer.error, vim.inspect(answer.error))
    return answer.result
  end
end

local completion = request("textDocument/completion", 3, 44)
local labels = vim.tbl_map(function(item)
  return item.label
end, completion.items or completion)
check(vim.tbl_contains(labels, "Charge"), "completion lacks the state: " .. vim.inspect(labels))

local edit = request("textDocument/rename", 3, 7, { newName = "Validate" })
vim.lsp.util.apply_workspace_edit(edit, "utf-16")
local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n")
check(text:find('"StartAt": "Validate"', 1, true), "the reference is not renamed: " .. text)
check(text:find('"Validate": {', 1, true), "the state is not renamed: " .. text)

print("Neovim: diagnostic, completion, and rename work")
vim.lsp.stop_client(client)
vim.cmd("qall!")
