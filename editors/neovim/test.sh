#!/usr/bin/env bash
# Tests the language server with a real client: Neovim without a window. test.sh [ASL], where ASL is the binary to test.
set -euo pipefail
folder=$(cd "$(dirname "$0")" && pwd)
if ! command -v nvim >/dev/null; then
    echo "Neovim is not available: skipping the test of the language server in an editor"
    exit 0
fi
ASL=$(realpath "${1:-target/debug/asl}") timeout 120 nvim --clean --headless -c "luafile $folder/test.lua"
