"""The layout of official papers (GB/T 9704-2012) as data, and its computed rules: signature, red name, title.

Lengths are twips (1 mm = 56.693) unless a name says otherwise; font sizes are half-points, as Word writes them. Numbers
such as 7.3.1 are clauses of the standard.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

# ---------------------------------------------------------------------------------------------- fonts

# The five fonts, by role, for which an office may set others. 宋体 (page numbers) is on every machine and stays.
FONTS = {
    "标题": "方正小标宋简体",
    "黑体": "黑体",
    "楷体": "楷体_GB2312",
    "仿宋": "仿宋_GB2312",
    "西文": "Times New Roman",
}
PAGE_NUMBER_FONT = "宋体"
# Names under which other machines know the same typeface; Word reads them from the font table, LibreOffice does not.
FONT_ALIASES = {
    "方正小标宋简体": "方正小标宋_GBK,宋体",
    "黑体": "SimHei",
    "楷体_GB2312": "楷体,KaiTi",
    "仿宋_GB2312": "仿宋,FangSong",
    "宋体": "SimSun",
}

# ---------------------------------------------------------------------------------------------- page


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet and its margins; `footer` is the distance of the page number's row from the paper's edge."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int
    footer: int

    @property
    def text_width(self) -> int:
        """Width of the 版心."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> int:
        """Height of the 版心."""
        return self.height - self.top - self.bottom


# 5.1, 5.2.1: A4, 天头 37 mm, 订口 28 mm, 版心 156 x 225 mm; 7.5: the page number 7 mm under the 版心.
PORTRAIT = Page(11906, 16838, top=2098, right=1474, bottom=1984, left=1588, footer=1417)
# 8: a wide table turns the sheet so that its head lies at the binding side: the same margins, rotated.
LANDSCAPE = Page(16838, 11906, top=1588, right=2098, bottom=1474, left=1984, footer=907)

LINES, CHARACTERS = 22, 28  # on a page and in a line (5.2.3)
# Measured in LibreOffice 7.4 and 25.2 with pages of one Chinese character:
PITCH = 579  # of a line: 22 in 225 mm; 580 (固定值 29 磅) gives 21
SQUEEZE = -5  # of each character: 28 x 16 pt are wider than 156 mm; -4 still gives 27
CHARACTER = 315  # the width of one character of the body (3号) with the squeeze
RED, BLACK = "FF0000", "000000"

# ---------------------------------------------------------------------------------------------- styles


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style. Indents are hundredths of a character; `line` is an exact height.

    `keep` holds the paragraph on the page of the next one. Either `hanging` or `first` is 0. `tab` is the place of a
    right-aligned tab stop, from the left edge of the 版心; `line_above` a thickness (eighths of a point) and a colour.
    """

    id: str
    name: str
    font: str = "仿宋"
    size: int = 32
    align: str = "left"
    line: int = PITCH
    squeeze: int = SQUEEZE
    grid: bool = True
    first: int = 0
    hanging: int = 0
    left: int = 0
    right: int = 0
    before: int = 0
    tab: int = 0
    color: str = BLACK
    line_above: tuple[int, str] | None = None
    keep: bool = False
    outline: int | None = None


# 正文, 标题, 页脚 are what Word itself calls its own styles on a Chinese desktop; ours must not bear those names.
BASE = Style("Base", "Normal", align="both")
STYLES = (
    BASE,
    # 7.2: masthead. The red name is to stand 72 mm under the paper's edge: 1659 before a line of 1600 gave 71.97 mm in
    # LibreOffice 7.4 and 70.78 mm in 25.2. The red line, with 150 before it, lies 4.3 mm under the text (all measured).
    Style("Mark", "发文机关标志", "标题", 124, "center", 1600, 0, False, before=1659, color=RED, keep=True),
    Style("Issue", "期号", align="center", keep=True),
    Style("Number", "发文字号", align="center", keep=True),
    Style("Issuer", "版头机关", left=100, right=100, tab=8844 - CHARACTER, keep=True),
    Style("RedLine", "红色分隔线", line=20, squeeze=0, grid=False, before=150, line_above=(12, RED), keep=True),
    Style("Blank", "空行"),
    # 7.3: body
    Style("Heading", "公文标题", "标题", 44, "center", 680, 0, False, keep=True, outline=0),
    Style("Recipients", "主送机关"),
    Style("Body", "公文正文", align="both", first=200),
    Style("Level1", "一级标题", "黑体", align="both", first=200, keep=True, outline=0),
    Style("Level2", "二级标题", "楷体", align="both", first=200, keep=True, outline=1),
    Style("Level3", "三级标题", align="both", first=200, keep=True, outline=2),
    Style("Level4", "四级标题", align="both", first=200, keep=True, outline=3),
    Style("Lead", "段首楷体", "楷体", align="both", first=200),
    Style("AnnexNote", "附件说明", align="both", left=500, hanging=300, keep=True),
    Style("Signature", "署名", align="right", right=200, keep=True),
    Style("Date", "成文日期", align="right", right=200),
    Style("Postscript", "附注", first=200),
    # 7.3.7: annex. The sizes of text in tables are free: 五号 (21) in 15 points, the head 22, by feel.
    Style("AnnexLabel", "附件标识", "黑体", keep=True),
    Style("AnnexTitle", "附件标题", "标题", 44, "center", 680, 0, False, keep=True),
    Style("TableHead", "表头文字", "黑体", 22, "center", 320, 0, False),
    Style("TableSection", "表格分节", "楷体", 22, "left", 320, 0, False),
    Style("TableText", "表格文字", "仿宋", 21, "left", 300, 0, False),
    Style("TableCentre", "表格居中", "仿宋", 21, "center", 300, 0, False),
    # 7.4: print row; 7.5: page number, 4号半角宋体
    Style("Copies", "抄送机关", size=28, line=520, squeeze=0, grid=False, left=400, hanging=300, right=100),
    Style("Printed", "印发机关", size=28, line=520, squeeze=0, grid=False, left=100, right=100, tab=8844 - 280),
    Style("Tail", "末行", size=2, line=20, squeeze=0, grid=False),
    Style("PageOdd", "单页码", "页码", 28, "right", 0, 0, False, right=100),
    Style("PageEven", "双页码", "页码", 28, "left", 0, 0, False, left=100),
)
STYLE = {style.name: style for style in STYLES}

# 7.4.1: the first and last line of the 版记 0.35 mm, those between 0.25 mm (eighths of a point).
PRINT_ROW_LINES = {"top": 8, "bottom": 8, "insideH": 6}

# ---------------------------------------------------------------------------------------------- signature


# `2022年` is 3.25 wide and `（一）` 3 (tried). A paper in which this gap is switched off is set narrower than reckoned.
_SEAM = re.compile("(?<=[\u3400-\u9fff])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z%])(?=[\u3400-\u9fff])")


def width(text: str) -> float:
    """The width of a text in characters: Chinese ones count one, figures and Latin letters half.

    Between the two, Word and LibreOffice leave a gap of a quarter of a character, which counts too.
    """
    glyphs = sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)
    return glyphs + len(_SEAM.findall(text)) / 4


def signature_indents(signer: str, dated: str) -> tuple[int, int]:
    """Right indents of the signing office and of the date below it, in hundredths of a character (7.3.5.2, no seal).

    The office ends two characters left of the edge, and the date begins two characters right of the office's beginning.
    A date so long that it would end nearer to the edge keeps two characters from it, and the office moves left.
    """
    lead = width(signer) - 2 - width(dated)
    return 200 + round(100 * max(0.0, -lead)), 200 + round(100 * max(0.0, lead))


def mark_size(name: str) -> int:
    """The largest size, in half-points, in which the red name of the masthead fits one row of the 版心 (7.2.4)."""
    # A half-point is 10 twips. Seven characters keep 62 points, eight get 55, and fourteen 31.5 (tried).
    return min(STYLE["发文机关标志"].size, int(PORTRAIT.text_width / 10 / max(width(name), 1)))


# ---------------------------------------------------------------------------------------------- title

TITLE_ROW = 20  # characters of 2号 in 156 mm
# What a row end must not cut: quoted names, numbers with their counting words, and the words of such titles. A title is
# short and its vocabulary small, so no dictionary is needed; but a word that the list does not know can be cut
# (`两拆一|提升`, tried). Longer words come before those that they begin with.
_WORDS = (
    "关于|重点工作|重点项目|重点|重大|项目|工程|调度会|调度|工作|交办会|交办|会议|决策|决定|议定|确定|事项|办理|办公室|办公会|落实|完成|进展"
    "|推进会|推进|执行|整改|情况|通报|督查|督办|督察|政府|人民|常务会议|常务会|常务|常委会|常委|专题会|专题|专项|目标"
    "|任务|年度|季度|半年|月份|全市|全县|全区|建设|民生|实事|报告|责任|清单|台账|主要|经济|指标|问题|反馈|意见|建议|提案"
    "|议案|领导小组|领导|批示|指示|精神|贯彻|上半年|下半年|前?[一二三四]季度|委员会|管委会|行动|攻坚|及其|以及"
    "|综合治理|生态修复|生态环境|自然资源|人力资源|社会保障|乡村振兴|农业农村|有限责任公司|流域|综合|治理|生态|修复|环境|保护|自然|资源|规划|住房|城乡|交通|运输|发展|改革|教育|体育|文化|广电|旅游|卫生|健康"
    "|人力|社会|保障|医疗|退役|军人|事务|市场|监督|管理|农业|农村|乡村|振兴|应急|行政|审批|政务|服务|中心|信息化|商务|招商"
    "|投资|技术|开发区|开发|产业|园区|集团|有限|公司|街道|办事处|指挥部|专班|联席|协调|整治|提升|改造|示范|创建"
)
_DATES = (
    "(?:截至)?[0-9０-９〇]{4}年(?:度|[0-9０-９]{1,2}(?:月[0-9０-９]{1,2}日|月份?)?(?:[—至-](?:[0-9]{4}年)?[0-9]{1,2}月份?(?:[0-9]{1,2}日)?)?"
    "|[上下]半年|第?前?[一二三四]季度)?|[0-9]{1,2}[—至-][0-9]{1,2}月份?|[0-9]{1,2}月[0-9]{1,2}日"
)
# In this order: the first that matches is one piece. 2 to 11 characters between 县 and 局 are taken for a bureau's
# name: `县自然资源和规划局` stays whole without `keep`, but so does `县级统筹推进城乡布局` before `调整` (tried).
_WHOLE = (
    f"《[^》]*》|“[^”]*”|（[^）]*）|〔[^〕]*〕|{_DATES}|[省市县区][\u4e00-\u9fff]{{2,11}}?局|[0-9A-Za-z.%—-]+(?:年度?|月份?|日|季度|次|届|号|期|大|项)*"
    f"|第[一二三四五六七八九十百]+.?|{_WORDS}|."
)
# Words and shape by 7.3.1. Of 384 made-up titles _NOT_FIRST changed 32 (no row begins with `、` or `和`), _NOT_LAST 34
# (none ends with `关于` or `和`), _GOOD_FIRST 72 (`…重点工作|办理情况的…` for `…重点工作办理|情况的…`). The price are
# rows of unequal length: `关于云溪县高标准农田|落实和推进情况的情况通报（第三期）` (all tried).
_NOT_FIRST = set("局的了和与及等会办事项第、，。；：》”）年月日号次期")
_NOT_LAST = set("关于对在和与及以第《“（、的")
_GOOD_FIRST = re.compile("决策|议定|确定|交办|办理|落实|完成|进展|推进|工作|重点|目标|任务|整改|执行")


def title_rows(title: str, keep: Iterable[str] = ()) -> list[str]:
    """A title in rows of at most 20 characters, with whole words, in the shape 梯形 or 菱形 (7.3.1).

    `keep` are names that no row end may cut: the office, its meetings, its units. A name that is longer than a row is
    cut between its words. A title that has line breaks is taken as it is; one that no four rows hold comes as one row.
    """
    if "\n" in title:
        return [row.strip() for row in title.splitlines() if row.strip()]
    if width(title) <= TITLE_ROW:
        return [title]
    names = sorted({name for name in keep if name and name in title}, key=lambda name: (-len(name), name))
    return _broken(_pieces(title, names)) or _broken(_pieces(title, [])) or [title]


# All places for the cuts are tried: 1.4 seconds for a title of 79 characters in four rows, 55 for one of 89 in five
# (tried). A title of more than 80 characters therefore comes as one row, which Word breaks anywhere.
_MOST_ROWS = 4


def _broken(pieces: list[str]) -> list[str]:
    """The pieces in as few rows as hold them, broken at the best places; no rows where not even four hold them."""
    for rows in range(-int(-width("".join(pieces)) // TITLE_ROW), _MOST_ROWS + 1):
        ways = ((_join(pieces, cuts), cuts) for cuts in combinations(range(1, len(pieces)), rows - 1))
        fitting = [(broken, cuts) for broken, cuts in ways if all(width(row) <= TITLE_ROW for row in broken)]
        if fitting:
            # A torn word weighs half of a bad row end. Without it 107 of 384 made-up titles change, such as
            # `…广电和旅游局古|镇保护…` (tried).
            return min(fitting, key=lambda way: _cost(way[0]) + 5 * _torn(pieces, way[1]))[0]
    return []


def _pieces(title: str, names: Sequence[str]) -> list[str]:
    """The title in pieces that stay whole; a piece that is longer than a row comes as its words."""
    pattern = "|".join([*map(re.escape, names), _WHOLE])
    pieces: list[str] = []
    for piece in re.findall(pattern, title):
        if width(piece) <= TITLE_ROW:
            pieces.append(piece)
        elif piece in names:
            pieces += _pieces(piece, [name for name in names if name != piece])
        else:  # a quotation: its marks stay with the words beside them
            inside = _pieces(piece[1:-1], names)
            pieces += [piece[0] + inside[0], *inside[1:-1], inside[-1] + piece[-1]] if len(inside) > 1 else list(piece)
    return pieces


def _torn(pieces: list[str], cuts: tuple[int, ...]) -> int:
    """How many row ends stand between two single characters, likely inside a word that the list does not know."""
    return sum(len(pieces[cut - 1]) == len(pieces[cut]) == 1 for cut in cuts)


def _join(pieces: list[str], cuts: tuple[int, ...]) -> list[str]:
    ends = (*cuts, len(pieces))
    return ["".join(pieces[a:b]) for a, b in zip((0, *cuts), ends, strict=True)]


def _cost(rows: list[str]) -> float:
    """How bad rows are: bad row ends and forbidden shapes weigh most, then unequal lengths (a point a character).

    Set by feel. 7.3.1 wants 梯形 or 菱形: an hourglass costs 20 (it changed 5 of 384 made-up titles), rows of one
    length cost 6 (it changed 44: `…食品安全项目|推进情况的…` for `…食品安全|项目推进情况的…`).
    """
    lengths = [width(row) for row in rows]
    ends = sum(10 * (row[-1] in _NOT_LAST) for row in rows[:-1])
    starts = sum(10 * _starts_badly(row) - 4 * bool(_GOOD_FIRST.match(row)) for row in rows[1:])
    hourglass = any(a > b < c for a, b, c in zip(lengths, lengths[1:], lengths[2:], strict=False))
    square = len(set(lengths)) == 1
    return ends + starts + 20 * hourglass + 6 * square + max(lengths) - min(lengths)


def _starts_badly(row: str) -> bool:
    return row[0] in _NOT_FIRST and not re.match(_WORDS, row)
