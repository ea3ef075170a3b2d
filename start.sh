#!/bin/sh
# For a double click on a Linux desktop; a ledger may be dropped on it. The window stays open until Enter is pressed.
here=$(dirname "$0")
pause=${TONGBAO_PAUSE:-yes}
trap : INT
if command -v python3 >/dev/null; then
    TONGBAO_PAUSE=no python3 "$here/generate.py" "$@"
    status=$?
else
    echo "哪里：$here"
    echo "什么问题：本机没有 Python"
    echo "怎么办：请安装 python3（3.11 或更新的版本）"
    status=2
fi
if [ "$pause" != no ] && [ -t 0 ] && [ -t 1 ]; then
    printf '\n按回车键关闭'
    read -r _
fi
exit "$status"
