"""What a file is that is no table, by its first bytes and the names of its parts, and what the clerk is told of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_SAVE_AS = "请用 Excel/WPS 打开，另存为 .xlsx 后再试"
_ASK = "请指定 Excel/WPS 表格（.xlsx）"
# What was found, and what to do; {detail} is what the file holds.
MESSAGES: Mapping[str, tuple[str, str]] = {
    "file_zeros": (
        "文件有大小、没有内容，多半是复制、下载没有完成，或是没有下载到本机的网盘文件",
        "请重新复制或下载一份；网盘里的文件请先“下载到本机”",
    ),
    "file_unfinished": ("这是没有下载完的文件，或网盘的占位文件", "请等下载完成，或在网盘里选“下载到本机”后再试"),
    "file_frames": (
        "这是网页格式的导出文件，表格内容不在这个文件里，在旁边的同名文件夹（….files）里",
        "请用 Excel/WPS 打开它（文件夹要放在旁边），另存为 .xlsx 后再试",
    ),
    "file_html": (
        "这是网页格式的文件，里面没有表格",
        "多半是登录失效或导出失败的提示页，请重新导出；或用 Excel/WPS 打开看看",
    ),
    "file_mixed": (
        "这个文本文件有的行会读成乱码（前后的文字存法不同），没有读取",
        "多半是两个文件拼在一起；请用 Excel/WPS 打开核对文字，另存为 .xlsx 后再试",
    ),
    "file_encoding": (
        "文字的存法认不出，会读成乱码，没有读取",
        "请用 Excel/WPS 打开核对文字，另存为 .xlsx 后再试",
    ),
    "file_xml": (
        "这是系统之间交换数据用的 XML 文件，不是表格",
        "请用 Excel/WPS 打开，看清是不是台账，另存为 .xlsx 后再试",
    ),
    "file_convertible": ("这是{detail}格式的表格，要先转换（本机没有可用的 LibreOffice，转换不了）", _SAVE_AS),
    "file_iwork": (
        "这是苹果电脑的 Numbers/Pages 文件，读不了",
        "请在苹果电脑上打开，选“导出为 Excel”，再用导出的 .xlsx",
    ),
    "file_ofd": ("这是 OFD 版式文件，不是表格", "请指定生成它的 Excel/WPS 表格（.xlsx）"),
    "file_zipped": ("这是压缩包，里面有“{detail}”", "请先解压，再指定里面的台账文件"),
    "file_database": ("这是数据库文件（Access 等），不是表格", "请在数据库里把台账导出为 .xlsx"),
    "file_mail": ("这是一封邮件，不是表格", "请打开邮件，把附件里的台账另存出来"),
    "file_shortcut": ("这是快捷方式（链接），不是文件本身", "请找到它指向的台账，复制过来再试"),
    "file_picture": ("这是图片，不是表格", "图片里的文字读不了，请指定 Excel/WPS 表格（.xlsx）"),
    "file_guarded": (
        "文件被单位的加密软件加了密，程序读不到内容",
        "请在装有加密软件的电脑上解密（或另存为明文）后再试",
    ),
    "file_program": ("这是程序，不是表格；来历不明的请不要打开", _ASK),
}
_FIRST_BYTES = (
    (b"%PDF", "file_pdf"),
    (b"{\\rtf", "file_word"),
    (b"\x89PNG", "file_picture"),
    (b"\xff\xd8\xff", "file_picture"),
    (b"GIF8", "file_picture"),
    (b"II*\0", "file_picture"),
    (b"MM\0*", "file_picture"),
    (b"Rar!", "file_archive"),
    (b"7z\xbc\xaf", "file_archive"),
    (b"\x1f\x8b", "file_archive"),
    (b"MSCF", "file_archive"),
    (b"L\0\0\0\x01\x14\x02\0", "file_shortcut"),
    (b"[InternetShortcut]", "file_shortcut"),
    (b"[Desktop Entry]", "file_shortcut"),
    (b"\0\1\0\0Standard ", "file_database"),
    (b"SQLite format 3\0", "file_database"),
    (b"%TSD-Header-###%", "file_guarded"),
    (b"bplist00", "file_unfinished"),
    (b"MZ", "file_program"),
)
# A bitmap begins with two letters, a message with lines that texts may have too: their whole beginning is looked at.
_LOOKS = (
    (re.compile(rb"BM.{4}\0\0\0\0", re.DOTALL), "file_picture"),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), "file_picture"),
    (re.compile(rb".{4}ftyp(?:hei|mif|avif)", re.DOTALL), "file_picture"),
    (
        re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:Received|Message-ID|X-Unsent):", re.IGNORECASE),
        "file_mail",
    ),
)
_UNFINISHED = (".crdownload", ".part", ".partial", ".td", ".xltd", ".downloading", ".icloud", ".cfg", ".tmp")
# Kinds of tables that LibreOffice reads and we do not, by their first bytes: the suffix it knows them by, the name.
_TABLES = (
    (re.compile(rb"ID;P"), "slk", "SYLK"),
    (re.compile(rb"TABLE\r?\n0,1"), "dif", "DIF"),
    (re.compile(rb"\0\0\x02\0[\x04-\x06]\x04\x06\0|\0\0\x1a\0[\0-\x05]\x10\x04\0"), "wk1", "Lotus 1-2-3"),
    (re.compile(rb"(?:\xef\xbb\xbf)?<\?xml[^>]*>\s*<uof:UOF\b"), "uos", "标文通 UOF"),
)
_STREAMS = {
    "EncryptedPackage": "file_encrypted",
    "WordDocument": "file_word",
    "PowerPoint Document": "file_slides",
    "__properties_version1.0": "file_mail",
}
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".et", ".xlsb", ".ods", ".csv")


def by_bytes(data: bytes, name: str) -> str:
    """The code of what a file is by its bytes and name; empty where these do not tell that it is no table."""
    if not data:
        return "file_empty"
    if not data.strip(b"\0"):
        return "file_zeros"
    if name.lower().endswith(_UNFINISHED):
        return "file_unfinished"
    found = next((code for sign, code in _FIRST_BYTES if data.startswith(sign)), "")
    return found or next((code for look, code in _LOOKS if look.match(data[:4000])), "")


def table_of(data: bytes) -> tuple[str, str]:
    """The suffix and the name of a kind of table that only another program reads; empty where it is none."""
    return next(((suffix, name) for look, suffix, name in _TABLES if look.match(data[:300])), ("", ""))


def by_streams(streams: Iterable[str]) -> str:
    """The code of what a compound file is that is no workbook."""
    names = set(streams)
    return next((code for stream, code in _STREAMS.items() if stream in names), "file_other")


def by_parts(parts: Iterable[str], mimetype: bytes = b"") -> tuple[str, str]:
    """The code of what a zip file is that is no workbook, and the workbook that is packed in it."""
    names = [part.lower() for part in parts]
    if not names:
        return "file_bare", ""
    if "word/document.xml" in names or b"opendocument.text" in mimetype:
        return "file_word", ""
    if "ppt/presentation.xml" in names or b"opendocument.presentation" in mimetype:
        return "file_slides", ""
    if "ofd.xml" in names:
        return "file_ofd", ""
    if any(name.endswith(".iwa") or name == "index.zip" for name in names):
        return "file_iwork", ""
    packed = [part for part in parts if part.lower().endswith(_WORKBOOKS)]
    return ("file_zipped", packed[0]) if packed else ("file_archive", "")
