"""An edited circular against what it was made from: what changed a fact is told, what did not is left in peace."""

from __future__ import annotations

import pytest

from tests.support.printed import printed, proved, told
from tongbao.proof.verdicts import Status

TOTALS = (
    "截至2022年2月7日，累计交办[92]项，2022年1月19日前已完成销号[55]项，2022年1月19日—2月7日新增完成[3]项，"
    "需加快推进[2]项，其余[32]项按会议要求推进。现将有关情况通报如下："
)
DONE = "新增完成的[3]项是：[污水处理厂二期土地组卷工作、粮食产业园道路工程、学府路雨污分流改造]。"
LAGGING = "需加快推进的[2]项是：[冷链仓储用地保障、城西供水管网迁改]。"
UNITS_LATE = "存在滞后事项的单位有[3]家：[县财政局、县教育局、青石镇]。"
REPORT = printed(
    "关于决策事项办理情况的通报",
    TOTALS,
    DONE,
    LAGGING,
    UNITS_LATE,
    "云溪县人民政府督查室",
    "2022年2月7日",
    labels=(("完成", "已完成", "办结", "已办结", "销号"), ("需加快推进", "滞后"), ("正常推进", "有序推进")),
    dates=("2022年2月7日", "2022年1月19日"),
)
MADE = [p.text for p in REPORT.paragraphs]


def edited(*changes: tuple[str, str]) -> list[str]:
    """What is said when these words of the circular are replaced, each once."""
    texts = list(MADE)
    for old, new in changes:
        n = next(n for n, text in enumerate(texts) if old in text)
        texts[n] = texts[n].replace(old, new, 1)
    return told(REPORT, *texts)


def test_as_made_every_fact_is_proved():
    found = proved(REPORT, *MADE).verdicts
    assert {v.status for v in found} == {Status.AGREES}
    assert {v.key for v in found} > set(REPORT.sources)


def test_an_unchanged_paper_is_proved_whatever_the_order_of_its_paragraphs():
    texts = list(MADE)
    texts[2], texts[3], texts[4] = texts[4], texts[2], texts[3]
    assert told(REPORT, *texts) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("新增完成3项", "新增完成三项"),
        ("累计交办92项", "累计交办九十二项"),
        ("已完成销号55项", "已完成销号 ５５ 项"),
        ("截至2022年2月7日", "截至2月7日"),
        ("截至2022年2月7日", "截至二〇二二年二月七日"),
        ("截至2022年2月7日", "截至2022-02-07"),
        ("累计交办92项", "共计交办92件"),
        ("需加快推进2项", "需加快推进两项"),
        ("，需加快推进", "；需加快推进"),
        ("污水处理厂二期土地组卷工作、粮食产业园道路工程", "粮食产业园道路工程、污水处理厂二期土地组卷工作"),
        ("县财政局、县教育局、青石镇", "青石镇、财政局和教育局"),
        ("其余32项按会议要求推进", "其余32项按照会议要求稳步推进"),
        ("已完成销号55项", "已完成销号50多项"),
    ],
)
def test_other_spelling_order_and_wording_do_no_harm(old, new):
    assert edited((old, new)) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("新增完成3项", "新增完成4项", "不一致 4项→3项"),
        ("新增完成3项", "新增完成四项", "不一致 四项→3项"),
        ("累计交办92项", "累计交办29项", "不一致 29项→92项"),
        ("截至2022年2月7日", "截至2022年2月8日", "不一致 2022年2月8日→2022年2月7日"),
        ("截至2022年2月7日", "截至2021年2月7日", "不一致 2021年2月7日→2022年2月7日"),
        ("截至2022年2月7日", "截至2022年2月70日", "不一致 2022年2月70日→2022年2月7日"),
        ("、粮食产业园道路工程", "", "不一致 粮食产业园道路工程"),
        ("二期土地组卷", "一期土地组卷", "不一致 一→二"),
        ("县教育局、", "", "不一致 县财政局、青石镇→县财政局、县教育局、青石镇"),
        ("县教育局、", "县水利局、", "不一致 县财政局、县水利局、青石镇→县财政局、县教育局、青石镇"),
        ("新增完成3项", "未新增完成3项", "不一致"),
    ],
)
def test_a_changed_fact_is_told_with_what_it_should_be(old, new, said):
    found = edited((old, new))
    assert any(one.startswith(said[:3]) for one in found), found
    if said != "不一致" and "一→二" not in said:
        assert said in found


def test_two_exchanged_figures_are_both_told():
    assert edited(("新增完成3项，需加快推进2项", "新增完成2项，需加快推进3项")) == ["不一致 2项→3项", "不一致 3项→2项"]


def test_exchanged_clauses_are_harmless_and_exchanged_labels_are_not():
    assert edited(("新增完成3项，需加快推进2项", "需加快推进2项，新增完成3项")) == []
    assert "不一致 3项→2项" in edited(("新增完成3项，需加快推进2项", "需加快推进3项，新增完成2项"))


def test_a_figure_said_of_another_status_is_wrong():
    basis = printed("评价为“积极”的[22]项，评价为“滞后”的[10]项。", labels=("积极", "滞后"))
    assert told(basis, "评价为“滞后”的22项，评价为“滞后”的10项。") == ["不一致 22项→10项"]


def test_a_member_that_is_none_is_told():
    found = edited(("学府路雨污分流改造", "学府路雨污分流改造、城南客运站迁建"))
    assert found[0].startswith("不一致 城南客运站迁建→")


def test_a_list_written_in_lines_of_its_own_is_found_there():
    texts = [*MADE[:2], "新增完成3项：", "1.污水处理厂二期土地组卷工作", "2.粮食产业园道路工程", "3.学府路雨污分流改造"]
    assert told(REPORT, *texts, *MADE[3:]) == []
    texts[-1] = "3.老旧小区改造"
    assert told(REPORT, *texts, *MADE[3:]) == ["不一致 学府路雨污分流改造"]


def test_a_shortened_name_is_for_a_person_to_judge():
    assert edited(("粮食产业园道路工程", "粮食产业园道路")) == ["无法核对 粮食产业园道路→粮食产业园道路工程"]


def test_a_sentence_put_the_other_way_round_keeps_its_figures():
    turned = "污水处理厂二期土地组卷工作、粮食产业园道路工程和学府路雨污分流改造等3项任务已经办结。"
    assert edited((MADE[2], turned)) == []


def test_a_deleted_sentence_is_told_once():
    assert told(REPORT, *MADE[:3], *MADE[4:]) == ["已删除 需加快推进的2项是：冷链仓储用地保障、城西供水管网迁改。"]


def test_what_a_person_wrote_anew_is_not_counted_as_proved():
    before = proved(REPORT, *MADE).count(Status.AGREES)
    found = proved(REPORT, *MADE, "全县召开调度会5次，印发督办单12份。")
    assert found.count(Status.AGREES) == before
    assert [v.said for v in found.verdicts if v.status is Status.UNPROVEN] == ["5次", "12份"]
    assert all(v.fresh for v in found.verdicts if v.status is Status.UNPROVEN)


def test_a_figure_of_another_thing_is_not_called_wrong():
    """The first two were added up to one figure: that is another figure, and nobody can say that 55 became 58."""
    merged = edited(("2022年1月19日前已完成销号55项，2022年1月19日—2月7日新增完成3项", "已完成58项"))
    assert not any(one.startswith("不一致") for one in merged)
    assert any("58项" in one for one in merged)


RECAST = (
    "截至2022年2月7日，共交办92项。其中，前期销号55项，本期办结{}项，滞后{}项，另外32项正常推进。现将有关情况通报如下："
)


def test_in_a_sentence_written_anew_nothing_is_called_wrong_and_nothing_exchanged_is_proved():
    for done, late in ((3, 2), (2, 3)):
        found = told(REPORT, MADE[0], RECAST.format(done, late), *MADE[2:])
        assert not any(one.startswith("不一致") for one in found)
        assert any(one.startswith(f"无法核对 {done}项") for one in found)
    assert any(one.startswith("无法核对 3项→") for one in found)


def test_words_that_turn_the_meaning_are_pointed_out():
    assert edited(("其余32项按会议要求推进", "其余32项逾期推进")) == ["无法核对 32项→其余32项按会议要求推进"]


def test_amounts_and_shares_are_compared_by_value():
    basis = printed("累计完成投资[24.02]亿元，占年度计划（[30.83]亿元）的[77.91%]。")
    assert told(basis, "累计完成投资240200万元，占年度计划（30.83亿元）的百分之七十七点九一。") == []
    assert told(basis, "累计完成投资240200万元，占年度计划（30.830亿元）的77.91%。") == []
    assert told(basis, "累计完成投资24.02万元，占年度计划（30.83亿元）的77.91%。") == ["不一致 24.02万元→24.02亿元"]
    assert told(basis, "累计完成投资24亿元，占年度计划（30.83亿元）的77.91%。") == ["无法核对 24亿元→24.02亿元"]
    assert told(basis, "累计完成投资约24亿元，占年度计划（30.83亿元）的77.91%。") == []


@pytest.mark.parametrize(
    ("made", "edited"),
    [
        ("铺设管网[9.8]千米", "铺设管网9.8公里"),
        ("铺设管网[9.8]千米", "铺设管网9800米"),
        ("铺设管网[9.8]公里", "铺设管网9.8km"),
        ("铺设管网[1.5]公里", "铺设管网一公里半"),
        ("铺设管网[0.5]公里", "铺设管网半公里"),
        ("完成投资[30.83]亿元", "完成投资308300万元"),
        ("完成投资[1.2]亿元", "完成投资1亿2000万元"),
        ("完成投资[123.5]万元", "完成投资一百二十三万五千元"),
        ("供应土地[1.5]公顷", "供应土地22.5亩"),
        ("供应土地[3]平方公里", "供应土地4500亩"),
        ("供应土地[30]亩", "供应土地2公顷"),
        ("建成面积[15000]平方米", "建成面积1.5万㎡"),
        ("收储粮食[3]吨", "收储粮食3000公斤"),
        ("收储粮食[3]吨", "收储粮食6000斤"),
        ("装机[500]兆瓦", "装机50万千瓦"),
        ("用电[3]万千瓦时", "用电3万度"),
        ("平均用时[1.5]小时", "平均用时90分钟"),
        ("平均用时[1.5]小时", "平均用时一个半小时"),
        ("建设周期[18]个月", "建设周期一年半"),
        ("完成率[75%]", "完成率四分之三"),
        ("完成率[30%]", "完成率三成"),
        ("完成率[25%]", "完成率两成半"),
        ("完成率[77.91%]", "完成率百分之七十七点九一"),
        ("完成[23]项", "完成廿三项"),
    ],
)
def test_one_measure_in_other_units_is_no_other_fact(made, edited):
    title = "关于决策事项的通报"
    assert told(printed(title, f"本期{made}。"), title, f"本期{edited}。") == []


@pytest.mark.parametrize(
    ("made", "edited"),
    [
        ("铺设管网[9.8]千米", "铺设管网9.8米"),
        ("铺设管网[9.8]千米", "铺设管网8.9公里"),
        ("铺设管网[9.8]千米", "铺设管网9900米"),
        ("铺设管网[9.8]千米", "铺设管网9.8亩"),
        ("供应土地[1.5]公顷", "供应土地15亩"),
        ("供应土地[30]亩", "供应土地30公顷"),
        ("收储粮食[3]吨", "收储粮食3公斤"),
        ("收储粮食[3]吨", "收储粮食3000斤"),
        ("装机[500]兆瓦", "装机500千瓦"),
        ("平均用时[2]小时", "平均用时2天"),
        ("建设周期[18]个月", "建设周期18年"),
        ("完成率[30%]", "完成率四成"),
        ("完成率[3.2%]", "完成率3.2个百分点"),
        ("限[15]日内办结", "限10日内办结"),
        ("限三年内完成", "限两年内完成"),
        ("拨打12345热线", "拨打12315热线"),
        ("建设5G基站", "建设4G基站"),
        ("上午9:30召开", "上午9时召开"),
        ("按1:3配套", "按1:2配套"),
        ("惠及数百户", "惠及数千户"),
        ("改造G207线", "改造G209线"),
        ("按云政办〔2022〕6号", "按云政办〔2022〕9号"),
        ("每平方米3000元", "每平方米3500元"),
        ("编号为35、41、46", "编号为35、41、48"),
    ],
)
def test_another_value_is_told_whatever_it_is_said_in(made, edited):
    title = "关于决策事项的通报"
    assert told(printed(title, f"本期{made}。"), title, f"本期{edited}。") != []


@pytest.mark.parametrize(
    ("made", "edited"),
    [
        ("上午9:30召开", "上午9时30分召开"),
        ("按1:3配套", "按1比3配套"),
        ("限三年内完成", "限36个月内完成"),
        ("限15日内办结", "限15天内办结"),
        ("按云政办〔2022〕6号", "按云政办[2022]6号"),
        ("于2022年2月7日办结", "于2月7日办结"),
        ("于7日办结", "于７日办结"),
    ],
)
def test_what_counts_nothing_may_be_spelt_otherwise_too(made, edited):
    title = "关于决策事项的通报"
    assert told(printed(title, f"本期{made}。"), title, f"本期{edited}。") == []


SECTIONS = printed(
    "一、县政府第10次常务会议确定事项",
    "本次会议确定[9]项，已完成[5]项。",
    "二、县政府第11次常务会议确定事项",
    "本次会议确定[8]项，已完成[4]项。",
    "三、工作要求",
    "各单位要抓好落实。",
)


def test_sentences_that_read_alike_belong_to_their_headings():
    one, first, two, second, *rest = [p.text for p in SECTIONS.paragraphs]
    assert told(SECTIONS, two.replace("二", "一", 1), second, one.replace("一", "二", 1), first, *rest) == []
    assert told(SECTIONS, one, second, two, first, *rest) == [
        "不一致 8项→9项",
        "不一致 4项→5项",
        "不一致 9项→8项",
        "不一致 5项→4项",
    ]


ITEMS = printed(
    "1.{学府路东延工程}（县住建局）。影响进度的原因是：{=学府路东延工程|征收剩余7户没有签订协议}。",
    "2.{河东污水管网工程}（县水利局）。影响进度的原因是：{=河东污水管网工程|专项资金没有下达}。",
)


def test_what_is_told_of_two_items_must_not_change_places():
    first, second = (p.text for p in ITEMS.paragraphs)
    assert told(ITEMS, second.replace("2.", "1."), first.replace("1.", "2.")) == []
    swapped = told(
        ITEMS,
        first.replace("征收剩余7户没有签订协议", "专项资金没有下达"),
        second.replace("专项资金没有下达", "征收剩余7户没有签订协议"),
    )
    assert sum(one.startswith("不一致") for one in swapped) == 2


def test_the_unit_of_an_item_is_a_fact():
    first, second = (p.text for p in ITEMS.paragraphs)
    assert told(ITEMS, first.replace("县住建局", "县住房和城乡建设局"), second) == []
    assert told(ITEMS, first.replace("县住建局", "县教育局"), second) == ["不一致 县教育局→县住建局"]
    assert told(ITEMS, first.replace("县住建局", "县档案馆"), second) == ["不一致 县档案馆→县住建局"]


# ---------------------------------------------------------------------------------------------- the annex

HEADER = ("序号", "工作任务", "牵头单位", "完成时限", "进展情况", "状态")
ROWS = (
    ("第一次会议议定事项",),
    (
        "1",
        "落实冷链仓储用地35亩",
        "县资规局",
        "2022年3月30日",
        "签订补偿协议24户，剩余4户对苗木计价有异议。",
        "需加快推进",
    ),
    ("2", "引入第三方检测机构", "县发改局", "", "与其中1家签订意向书，正在会商。", ""),
    ("第二次会议议定事项",),
    ("3", "选定直播基地场所", "青石镇", "2022年4月底", "基地选定，运营团队公开遴选。", "完成"),
)
LEDGER = printed("附件", annex=(HEADER, *ROWS), labels=("完成", "需加快推进"))


def annex(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> list[str]:
    return told(LEDGER, "附件", annex=(header, *rows))


def test_the_annex_is_proved_cell_by_cell():
    found = proved(LEDGER, "附件", annex=(HEADER, *ROWS))
    assert (found.cells, found.lines) == (18, 5)
    assert annex(*ROWS) == []


def with_cell(row: int, column: int, text: str) -> list[tuple[str, ...]]:
    rows = [list(r) for r in ROWS]
    rows[row][column] = text
    return [tuple(r) for r in rows]


@pytest.mark.parametrize(
    ("row", "column", "text", "said"),
    [
        (1, 4, "签订补偿协议26户，剩余4户对苗木计价有异议。", ["不一致 签订补偿协议26户→签订补偿协议24户"]),
        (1, 5, "完成", ["不一致 完成→需加快推进"]),
        (1, 2, "县教育局", ["不一致 县教育局→县资规局"]),
        (1, 2, "县自然资源和规划局", []),
        (1, 3, "2022-03-30", []),
        (1, 3, "2022年\n3月30日", []),
        (1, 3, "2022年3月31日", ["不一致 2022年3月31日→2022年3月30日"]),
        (2, 5, "完成", ["不一致 完成"]),
        (4, 5, "", ["不一致 完成"]),
        (
            1,
            4,
            "共签订补偿协议24户，还剩4户对苗木计价有异议。",
            ["无法核对 共签订补偿协议24户，还剩4户对苗木计价有异议→签订补偿协议24户，剩余4户对苗木计价有异议"],
        ),
    ],
)
def test_a_changed_cell_is_told(row, column, text, said):
    assert [one.rstrip("。") for one in annex(*with_cell(row, column, text))] == said


def test_order_of_rows_and_columns_is_free():
    assert annex(ROWS[0], ROWS[2], ROWS[1], *ROWS[3:]) == []
    order = (0, 2, 1, 5, 3, 4)
    turned = [tuple(row[c] for c in order) if len(row) > 1 else row for row in ROWS]
    assert annex(*turned, header=tuple(HEADER[c] for c in order)) == []


def test_rows_that_are_lost_or_added_or_astray_are_told():
    assert annex(*ROWS[:2], *ROWS[3:]) == ["已删除 2 引入第三方检测机构 县发改局"]
    assert annex(*ROWS, ROWS[4]) == ["不一致 3 选定直播基地场所 青石镇"]
    astray = annex(ROWS[0], ROWS[1], ROWS[3], ROWS[2], ROWS[4])
    assert astray == ["不一致 第二次会议议定事项→第一次会议议定事项"]


def test_rows_numbered_anew_are_told_once():
    rows = [
        (str(n), f"{name}整治", "青石镇", "", "", "")
        for n, name in enumerate(["河道", "水库", "泵站", "堤防", "涵闸"], 1)
    ]
    basis = printed("附件", annex=(HEADER, *rows))
    left = [(str(n), *row[1:]) for n, row in enumerate([rows[0], *rows[2:]], 1)]
    assert told(basis, "附件", annex=(HEADER, *left)) == ["已删除 2 水库整治 青石镇", "无法核对 2→3"]


def test_titles_of_sections_are_part_of_the_annex():
    assert annex(("第一次调度会议定事项",), *ROWS[1:]) == ["不一致 第一次调度会议定事项→第一次会议议定事项"]
    assert sorted(annex(*ROWS[1:])) == [*(["不一致 第一次会议议定事项"] * 2), "已删除 第一次会议议定事项"]


def test_a_lost_column_is_said_not_to_be_checked():
    five = [row[:5] if len(row) > 1 else row for row in ROWS]
    assert annex(*five, header=HEADER[:5]) == ["已删除 状态"]


def test_a_lost_annex_is_told():
    assert told(LEDGER, "附件") == ["已删除 附件的表"]


def test_blank_cells_below_a_merged_one_say_what_it_says():
    rows = (
        ("1", "推进平台公司整合", "县财政局", "", "划转资产28亿元。", ""),
        ("1", "推进平台公司整合", "县教育局", "", "协议签订。", ""),
    )
    basis = printed("附件", annex=(HEADER, *rows))
    unmerged = (rows[0], ("", "", *rows[1][2:]))
    assert told(basis, "附件", annex=(HEADER, *unmerged)) == []
