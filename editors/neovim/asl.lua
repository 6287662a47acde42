-- Neovim 0.10 or later. Copy this file to ~/.config/nvim/plugin/asl.lua.

vim.filetype.add({
  pattern = {
    [".*%.asl%.json"] = "json",
    [".*%.asl%.ya?ml"] = "yaml",
    [".*%.asl"] = "json",
  },
})

vim.api.nvim_create_autocmd("FileType", {
  pattern = { "json", "jsonc", "yaml", "terraform", "hcl" },
  callback = function(event)
    vim.lsp.start({
      name = "asl",
      cmd = { "asl", "lsp" },
      root_dir = vim.fs.root(event.buf, { "asl.toml", ".asl.toml", ".git" }) or vim.fs.dirname(event.file),
      init_options = { inlayHints = false },
    }, { bufnr = event.buf })
  end,
})
