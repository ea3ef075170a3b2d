"""Numbers in running text, as a careful reader of Chinese reads them: the truth is written out, phrase by phrase.

`60项约` is a rough number, `3000元各` one of each, `3.2点` are percentage points. Measures stand in the base of their
table (米, 亩, 公斤, 千瓦, 秒, 个月), so 9.8千米 is 9800米. What counts nothing (dates, ordinals, names) is not shown.
"""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.support.trials import tried
from tongbao.proof.text.sentences import covered
from tongbao.proof.text.tokens import FACTS, Reader, Sort
from tongbao.words.folding import fold
from tongbao.words.measures import COUNTED, MEASURED, SPOKEN_UNIT, UNIT, measure
from tongbao.words.named import Kind, Named
from tongbao.words.numbers import Quantity, Share, numbers, read
from tongbao.words.text import chinese_number


def shown(typed: str) -> str:
    """What is counted in a text, in one line."""
    return " ".join(_one(n) for n in read(fold(typed).text) if isinstance(n, Quantity | Share) and not _weak(n))


def _weak(number: Quantity | Share) -> bool:
    return isinstance(number, Quantity) and number.weak


def _one(number: Quantity | Share) -> str:
    rough = "约" * number.rough
    if isinstance(number, Share):
        return f"{_plain(number)}{'点' if number.points else '%'}{rough}"
    return f"{_plain(number)}{number.unit}{rough}{'各' * number.each}"


def _plain(number: Quantity | Share) -> str:
    value = number.value
    if value != round(value, 6):  # 三分之二 has no end
        value = round(value, 2)
    return f"{value.normalize():f}"


PHRASES = [
    ("共60余项", "60项约"),
    ("办结六十余项", "60项约"),
    ("完成投资30.83亿元", "3083000000元"),
    ("完成投资308300万元", "3083000000元"),
    ("占比94%", "94%"),
    ("占比百分之九十四", "94%"),
    ("完成三成", "30%"),
    ("占三分之二", "66.67%"),
    ("共计23项", "23项"),
    ("共计二十三项", "23项"),
    ("涉及两千余户", "2000户约"),
    ("涉及3千多户", "3000户约"),
    ("新增1.2万余亩", "12000亩约"),
    ("提高3.2个百分点", "3.2点"),
    ("提高三个百分点", "3点"),
    ("-5.6%", "-5.6%"),
    ("下降－5.6%", "-5.6%"),
    ("10家单位", "10家"),
    ("十家单位", "10家"),
    ("第3批12件", "12件"),
    ("3—5个工作日", "3个约 5个约"),
    ("3至5个项目", "3个约 5个约"),
    ("20余万元", "200000元约"),
    ("二十多万元", "200000元约"),
    ("百余件", "100件约"),
    ("几十件", ""),
    ("5G基站120座", "120座"),
    ("60岁以上老人300人", "60岁约 300人"),
    ("完成率39.3%", "39.3%"),
    ("12345热线受理2300件", "2300件"),
    ("约100件", "100件约"),
    ("100件左右", "100件约"),
    ("1,234件", "1234件"),
    ("1 234件", "1234件"),
    ("一百二十三万元", "1230000元"),
    ("1.5倍", "1.5倍"),
    ("增长2倍", "2倍"),
    ("3个半月", "3.5个月"),
    ("两条河流", "2条"),
    ("10余公里", "10000米约"),
    ("9.8千米", "9800米"),
    ("230台（套）", "230台"),
    ("三通一平", ""),
    ("一窗受理", ""),
    ("八个方面", "8个"),
    ("四季度", ""),
    ("5A级景区2处", "2处"),
    ("廿三项", "23项"),
    ("３５项", "35项"),
    ("35 项", "35项"),
    ("3 5项", "35项"),
    ("35件次", "35件次"),
    ("35批次", "35批次"),
    ("7×24小时", ""),
    ("11:30", ""),
    ("2022年2月7日", ""),
    ("2022.2.7", ""),
    ("第二批次", ""),
    ("壹佰贰拾叁万元", "1230000元"),
    ("零星", ""),
    ("〇", ""),
    ("100多", "100约"),
    ("1～3月", ""),
    ("占83.9％", "83.9%"),
    ("每户补助3000元", "3000元各"),
    ("人均1.2万元", "12000元各"),
    ("三年内", ""),
    ("五天", "432000秒"),
    ("6公顷", "90亩"),
    ("0.5个百分点", "0.5点"),
    ("500MW", "500000千瓦"),
    ("300千瓦", "300千瓦"),
    ("2个100%", "2个 100%"),
    ("完成50%以上", "50%约"),
]

# Written before the reader was.
MORE = [
    ("投资1亿2000万元", "120000000元"),
    ("拨付一百二十三万五千元", "1235000元"),
    ("建筑面积1.5万平方米", "22.5亩"),
    ("已完成3/4", "75%"),
    ("2/3以上的村", "66.67%约"),
    ("占50%-60%", "50%约 60%约"),
    ("惠及20多万人", "200000人约"),
    ("近百家企业", "100家约"),
    ("上千户居民", "1000户约"),
    ("完成两成半", "25%"),
    ("六成以上", "60%约"),
    ("按1比3配比", ""),
    ("按3:1的比例", ""),
    ("上午9:30召开", ""),
    ("上午9时30分召开", ""),
    ("早上8点半集合", ""),
    ("零下5度", "-5摄氏度"),
    ("一千零五十户", "1050户"),
    ("二〇二二年二月", ""),
    ("壹佰万元整", "1000000元"),
    ("同比增长12.3个百分点", "12.3点"),
    ("每平方米3000元", "3000元各"),
    ("每平方米补偿3000元", "3000元各"),
    ("时速80公里/小时", "80000米/小时"),
    ("单价3000元/平方米", "3000元/平方米"),
    ("运输3.5吨", "3500公斤"),
    ("收储2000斤", "1000公斤"),
    ("用电1.2万千瓦时", "12000千瓦时"),
    ("用电3000度", "3000千瓦时"),
    ("历时2小时30分钟", "9000秒"),
    ("历时两年半", "30个月"),
    ("工期3年6个月", "42个月"),
    ("长1公里200米", "1200米"),
    ("一公里半", "1500米"),
    ("半公里", "500米"),
    ("半个月", "0.5个月"),
    ("1.5公顷", "22.5亩"),
    ("3平方公里", "4500亩"),
    ("百分之七十点五", "70.5%"),
    ("下降百分之三点二", "3.2%"),
    ("十二点五万元", "125000元"),
    ("千分之三", "0.3%"),
    ("3‰", "0.3%"),
    ("三百余万元", "3000000元约"),
    ("数百户", ""),
    ("七八个", "7个约"),
    ("十几项", "10项约"),
    ("三四十家", "30家约"),
    ("2022年度完成30项", "30项"),
    ("前3名", ""),
    ("近5年", ""),
    ("2021—2023年", ""),
    ("8—10月", ""),
    ("15日内办结", ""),
    ("19日前办结3件", "3件"),
    ("G207线完成50项", "50项"),
    ("PM2.5浓度", ""),
    ("平云办〔2022〕6号", ""),
    ("20～30万元", "200000元约 300000元约"),
    ("长3公里、宽12米", "3000米 12米"),
    ("5千克", "5公斤"),
    ("2.4兆瓦", "2400千瓦"),
    ("10kV线路5条", "10000伏 5条"),
    ("土方30万方", "300000立方米"),
    ("从3方面发力", ""),
    ("十分重要", ""),
    ("三位一体", ""),
    ("两手抓", ""),
    ("二期工程", ""),
    ("第17、18件", ""),
    ("两个维护", "2个"),
    ("千方百计", ""),
    ("达到1.2亿", "120000000"),
    ("满意率达98.5%以上", "98.5%约"),
    ("各3件", "3件各"),
    ("由85%提高到94%", "85% 94%"),
    ("由85%到94%", "85% 94%"),
    ("从3个增加到5个", "3个 5个"),
    ("附件1：20项任务", "20项"),
    ("一个项目", ""),
    ("１．５公里", "1500米"),
    ("“十四五”期间新建5所", "5所"),
    ("2×660兆瓦机组", ""),
    ("一半以上", "50%约"),
    ("成立3年来", ""),
    ("5公里半径内3个村", "5000米 3个"),
    ("总人数十万人", "100000人"),
    ("三年行动计划", ""),
    ("用时3天5小时", "277200秒"),
    ("（2）抓好3项", "3项"),
]

# Written after it, before it had read any of them.
LATER = [
    ("全县共有行政村128个、社区36个", "128个 36个"),
    ("到位资金1.2亿元，支付率85.6%", "120000000元 85.6%"),
    ("较去年同期增加12家", "12家"),
    ("排名全市第3位", ""),
    ("由第5位升至第2位", ""),
    ("居全省第一方阵", ""),
    ("每年投入50万元", "500000元各"),
    ("每亩补贴100元", "100元各"),
    ("户均增收2000元", "2000元各"),
    ("拆除违建3.2万㎡", "48亩"),
    ("绿化5.6万m2", "84亩"),
    ("修复管网12.5km", "12500米"),
    ("新建110千伏变电站2座", "110000伏 2座"),
    ("安装光伏1.5MW", "1500千瓦"),
    ("抽调干部30余名，组成5个工作组", "30名约 5个"),
    ("召开会议3次、现场办公2场次", "3次 2场"),
    ("整改率100%", "100%"),
    ("完成总工程量的四分之三", "75%"),
    ("超过五分之一", "20%约"),
    ("2022年1—9月完成投资3.5亿元", "350000000元"),
    ("截至2月7日24时", ""),
    ("2月7日15时30分许", ""),
    ("19:00-21:00", ""),
    ("90后干部", ""),
    ("第十四届三次会议", "3次"),
    ("十四届人大二次会议", "2次"),
    ("1号桥、2号路", ""),
    ("K3+200段", ""),
    ("S315线改造8.6公里", "8600米"),
    ("国道G207", ""),
    ("110指挥中心", ""),
    ("119消防日", ""),
    ("24小时值班", "86400秒"),
    ("实行24小时轮班", "86400秒"),
    ("限3日内整改", ""),
    ("5个工作日内反馈", ""),
    ("30天之内办结", ""),
    ("两年来共办理120件", "120件"),
    ("近三年新增5处", "5处"),
    ("过去5年", ""),
    ("3岁以下婴幼儿", "3岁约"),
    ("65周岁以上老人", "65岁约"),
    ("4.5万人", "45000人"),
    ("1.3万余人次", "13000人次约"),
    ("三万五千亩", "35000亩"),
    ("3万5千亩", "35000亩"),
    ("3亿5千万元", "350000000元"),
    ("两千五百万", "25000000"),
    ("一千二百三十四点五六元", "1234.56元"),
    ("百分之百", "100%"),
    ("百分之零点五", "0.5%"),
    ("增长1.5个百分点，达到60%", "1.5点 60%"),
    ("环比下降0.3个百分点", "0.3点"),
    ("增幅为负1.2%", "1.2%"),
    ("-1.2亿元", "-120000000元"),
    ("3—5%", "3%约 5%约"),
    ("5至10名", "5名约 10名约"),
    ("100—200亩", "100亩约 200亩约"),
    ("10-15个工作日", "10个约 15个约"),
    ("十五六个", "15个约"),
    ("五六十人", "50人约"),
    ("三五天", "259200秒约"),
    ("一两个月", "1个月约"),
    ("大半年", ""),
    ("半年来", ""),
    ("一年半", "18个月"),
    ("2个半小时", "9000秒"),
    ("两个半天", "2个"),
    ("1.5小时", "5400秒"),
    ("40分钟", "2400秒"),
    ("评分92.5分", "92.5分"),
    ("满分100分，得分95分", "100分 95分"),
    ("30元/人", "30元/人"),
    ("5立方米", "5立方米"),
    ("3000立方", "3000立方米"),
    ("5升", "0.005立方米"),
    ("日处理污水2万吨", "20000000公斤"),
    ("2万吨/日", "20000000公斤/日"),
    ("库容1200万方", "12000000立方米"),
    ("高3.5米、宽2米", "3.5米 2米"),
    ("厚20厘米", "0.2米"),
    ("覆盖率达九成以上", "90%约"),
    ("九成五", "95%"),
    ("八折优惠", ""),
    ("一期投资2亿元", "200000000元"),
    ("三期的9栋", "3期 9栋"),
    ("二标段完成3公里", "3000米"),
    ("A标段5公里", "5000米"),
    ("3＃楼", ""),
    ("1#厂房", ""),
    ("1+3+N体系", ""),
    ("“1+5”方案", ""),
    ("3·15晚会", ""),
    ("五一节期间", ""),
    ("“三个一”活动", "3个"),
    ("四个专班", "4个"),
    ("三级书记", ""),
    ("四级联动", ""),
    ("双百行动", ""),
    ("百日攻坚", ""),
    ("千亿产业", ""),
    ("万人评议", ""),
    ("万余名群众", "10000名约"),
    ("近千人", "1000人约"),
    ("逾万户", "10000户约"),
    ("数千人", ""),
    ("若干项", ""),
    ("十余次", "10次约"),
    ("二十来个", "20个约"),
    ("百来户", "100户约"),
    ("第一至第三季度", ""),
    ("一至三季度", ""),
    ("上半年、下半年", ""),
    ("2021年度", ""),
    ("21年底", ""),
    ("二〇二一年十二月三十一日", ""),
    ("2022/2/7", ""),
    ("2022-02-07", ""),
    ("2月上旬", ""),
    ("1月底前完成20件", "20件"),
    ("12月份", ""),
    ("腊月二十三", ""),
    ("3日、5日、7日", ""),
    ("8日—10日", ""),
    ("0项", "0项"),
    ("零事故", ""),
    ("零投诉", ""),
    ("1/3的乡镇", "33.33%"),
    ("1／3", ""),
    ("12345便民热线和110联动", ""),
    ("电话0735—1234567", ""),
    ("邮编423000", ""),
    ("编号为2022015", ""),
    ("20220207", ""),
    ("附件3", ""),
    ("表2", ""),
    ("第三条、第五款", ""),
    ("2人/组", "2人/组"),
    ("18个乡镇（街道）中15个", "18个 15个"),
    ("占比由30%升至45%", "30% 45%"),
    ("从2公里延长到5公里", "2000米 5000米"),
    ("3000多平方米", "4.5亩约"),
    ("5公里多", "5000米约"),
    ("10多公里", "10000米约"),
    ("3年多", "36个月约"),
    ("6个多月", "6个月约"),
    ("五个多小时", "18000秒约"),
    ("3吨多", "3000公斤约"),
    ("约1.5万", "15000约"),
    ("共计3", ""),
    ("达120%", "120%"),
    ("1.2：1", ""),
    ("比例为7：3", ""),
    ("2比1的优势", ""),
    ("两个10%", "2个 10%"),
    ("0.5‰", "0.05%"),
    ("３．５％", "3.5%"),
    ("（３）项", ""),
    ("３０余项", "30项约"),
    ("1，234件", "234件"),
    ("1 200万元", "12000000元"),
    ("零下12℃", "-12摄氏度"),
    ("最高气温38℃", "38摄氏度"),
    ("30度高温", "30千瓦时"),
    ("角度45度", "45千瓦时"),
    ("一天一调度", ""),
    ("三天两头", "259200秒"),
    ("两不愁三保障", ""),
    ("四好农村路", ""),
    ("八项规定", "8项"),
    ("二十条措施", "20条"),
    ("十大工程", ""),
    ("二孩政策", ""),
    ("三孩家庭", ""),
    ("一把手", ""),
    ("五保户3户", "3户"),
    ("12315投诉5起", "5起"),
]


@pytest.mark.parametrize(("typed", "counted"), [*PHRASES, *MORE, *LATER])
def test_the_numbers_of_a_phrase(typed: str, counted: str) -> None:
    assert shown(typed) == counted


# ---------------------------------------------------------------------------------------------- what counts nothing


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        ("2022年2月7日", Kind.DATE, (2022, 2, 7)),
        ("2022-02-07", Kind.DATE, (2022, 2, 7)),
        ("二〇二二年二月七日", Kind.DATE, (2022, 2, 7)),
        ("22年2月", Kind.DATE, (2022, 2, None)),
        ("四季度", Kind.DATE, (None, "4季度", None)),
        ("7日", Kind.DATE, (None, None, 7)),
        ("12月末", Kind.DATE, (None, 12, "底")),
        ("11:30", Kind.CLOCK, "11:30"),
        ("11时30分", Kind.CLOCK, "11:30"),
        ("09：30", Kind.CLOCK, "9:30"),
        ("8点半", Kind.CLOCK, "8:30"),
        ("第二批", Kind.ORDINAL, Decimal(2)),
        ("3号楼", Kind.ORDINAL, Decimal(3)),
        ("三年内", Kind.TERM, Decimal(36)),
        ("36个月内", Kind.TERM, Decimal(36)),
        ("15日内", Kind.TERM, Decimal(15 * 86400)),
        ("1比3", Kind.NAME, "1:3"),
        ("平云办〔2022〕6号", Kind.NAME, "2022-6"),
        ("平云办[2022]6号", Kind.NAME, "2022-6"),
        ("5G", Kind.NAME, "5G"),
        ("12345热线", Kind.BARE, Decimal(12345)),
    ],
)
def test_what_counts_nothing_has_a_kind_and_a_value(typed: str, kind: Kind, value: object) -> None:
    found = [(n.kind, n.value) for n in read(fold(typed).text) if isinstance(n, Named)]
    assert found == [(kind, value)]


def test_a_number_knows_its_rounding_and_its_unit_as_printed() -> None:
    amount, count, length = (n for n in read("24.02亿元、12件、9.8公里") if isinstance(n, Quantity))
    assert (amount.ulp, amount.written) == (Decimal(1000000), "亿元")
    assert [count.ulp, length.ulp, length.factor] == [0, 100, 1000]
    assert [n.ulp for n in read("8.10%、三成、九成五、百分之三点五")] == [Decimal("0.01"), 10, 1, Decimal("0.1")]


# ---------------------------------------------------------------------------------------------- laws

# All units but 年: four digits before it are a year.
_SPELT = sorted(u for u in COUNTED | MEASURED.keys() if u != "年" and re.fullmatch(f"5{UNIT}", f"5{u}"))


@given(st.integers(2, 10**8 - 1), st.sampled_from(_SPELT), st.data())
def test_every_spelling_of_a_number_has_the_same_value(number: int, unit: str, data: st.DataObject) -> None:
    spellings = [f"{number}{unit}", f"{number:,}{unit}", f"{Decimal(number) / 10000:f}万{unit}"]
    if re.fullmatch(SPOKEN_UNIT, unit) and not unit[0].isascii():
        spellings.append(chinese_number(number) + unit)
    if number >= 10000 and number % 10000:
        spellings.append(f"{number // 10000}万{number % 10000}{unit}")
    typed = data.draw(st.sampled_from(spellings))
    if data.draw(st.booleans()):
        typed = "".join(chr(ord(c) + 0xFEE0) if c.isdigit() and c.isascii() else c for c in typed)
    found = [(n.value, n.unit) for n in read(fold(f"共有{typed}，").text) if isinstance(n, Quantity)]
    assert found == [(number * measure(unit).factor, measure(unit).base)]


@given(st.decimals("0.01", 99999, places=2), st.data())
def test_a_measure_has_one_value_in_all_its_units(number: Decimal, data: st.DataObject) -> None:
    bases = sorted({m.base for m in MEASURED.values()})
    base = data.draw(st.sampled_from(bases))
    one, other = (data.draw(st.sampled_from([u for u in _SPELT if measure(u).base == base])) for _ in range(2))
    converted = number * measure(one).factor / measure(other).factor
    assume(converted * measure(other).factor == number * measure(one).factor)
    values = {
        n.value for u, v in ((one, number), (other, converted)) for n in read(f"{v:f}{u}，") if isinstance(n, Quantity)
    }
    assert len(values) == 1


CHUNKS = [
    *"0123456789", *"一二三四五六七八九十百千万亿两零〇半几数余多约近各每", *"，。；：、（）—-～/.:%‰至到第前后年月日号时点分成比和内",
    "个", "项", "公里", "米", "亩", "万元", "个百分点", "个月", "小时", "季度", "百分之", "分之", "G", "A", "MW", "以上", "左右", "工程",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(CHUNKS), max_size=14).map("".join)


@settings(max_examples=tried(1500, 200))
@given(TEXTS)
def test_the_self_check_and_the_proof_read_the_same_numbers(typed: str) -> None:
    text = fold(typed).text
    checked = [(n.start, n.value, n.ulp) for n in numbers(covered(text))]
    proved = [(t.start, t.value, t.ulp) for t in Reader().tokens(text) if t.sort is Sort.NUMBER]
    assert checked == proved


@settings(max_examples=tried(1500, 200))
@given(TEXTS)
def test_the_proof_overlooks_no_digit(typed: str) -> None:
    text = fold(typed).text
    tokens = Reader().tokens(text)
    assert "".join(t.text for t in tokens) == text
    assert not any(c.isdigit() and c.isascii() for t in tokens if t.sort not in FACTS for c in t.text)


@settings(max_examples=tried(1500, 200))
@given(TEXTS)
def test_a_folded_text_reads_as_it_was_typed(typed: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if c in "0123456789AG%.-" else c for c in typed)
    assert fold(fold(typed).text).text == fold(typed).text
    assert [n.value for n in read(fold(wide).text)] == [n.value for n in read(fold(typed.replace("·", ".")).text)]
