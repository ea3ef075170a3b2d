"""What must never stand on the screen: English, paths of the program, punctuation doubled, blanks left unfilled."""

from __future__ import annotations

import re

# Names that the clerk types or sees in a folder: files, commands, options, programs, the names in settings.
_KNOWN = re.compile(
    r"“[^”]*”|《[^》]*》"  # what was read or typed is quoted as it stands
    r"|(?<![\w-])(?:python3?|generate\.py|Excel|WPS|Word|LibreOffice|Windows|XML|PDF|GBK|UTF-8|MB)(?![\w-])"
    r"|[^\s：，。；、（）“”\[\]]*\.(?:xlsx?|xlsm|xlsb|ods|csv|et|docx?|docm|wps|ya?ml|json|txt|pdf|py|tmp|numbers|slk)"
    r"|(?<![\w-])--?[a-z-]+(?![\w-])"
    r"|(?<![\w-])(?:check|kinds|next|split|merge|import|new|setup|output|input|templates|units|wording|labels|columns"
    r"|name|opening|closed|reports?|config|settings|sheet|kind)(?![\w-])"
    r"|[a-z]+(?:-[a-z]+)+"  # the id of a kind
    r"|[a-z_]+: (?:true|false|\{)"  # a line of the settings, as it is to be typed
    r"|(?:[A-Za-z]:)?/[^\s：，。；、（）]*"  # the whole path of a file
)
_RULES = {
    "English": re.compile(r"[A-Za-z]{3,}"),
    "a path of the program": re.compile(r"site-packages|/tongbao/|\.py\b(?<!generate\.py)|Traceback|File \""),
    "punctuation doubled": re.compile(r"。。|，。|，，|、、|。，|；。|：：|；；|、。|。；|？。|：。|（）|“”|\[\]|【】"),
    "a blank left unfilled": re.compile(
        r"(?<!\{)\{[\w ]*\}(?!\})|\bNone\b|\bnan\b|<[a-z_ ]+>|Errno|WinError|Errno|0x[0-9a-f]{6}"
    ),
}


def ugly(line: str) -> str:
    """What is wrong with a line on the screen; empty where nothing is."""
    bare = _KNOWN.sub("", line)
    for why, sign in _RULES.items():
        if sign.search(bare if why == "English" else line):
            return why
    return ""
