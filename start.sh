#!/bin/sh
# For a double click on a Linux desktop; a ledger may be dropped on it.
here=$(dirname "$0")
command -v python3 >/dev/null || {
    echo "哪里：$here"
    echo "什么问题：本机没有 Python"
    echo "怎么办：请安装 python3（3.11 或更新的版本）"
    [ -t 0 ] && read -r _
    exit 2
}
exec python3 "$here/generate.py" "$@"
