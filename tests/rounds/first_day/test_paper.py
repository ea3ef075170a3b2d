"""The last circular: its title without its period, its signature, and the counts that prove what words mean."""

from __future__ import annotations

from pathlib import Path

from tests.support.docx_maker import docx
from tests.support.first_days import Layout
from tongbao.config.office import load_settings
from tongbao.rounds.first_day.paper import habits_of
from tongbao.run import cli
from tongbao.word import document

CLOSING = "各责任单位要压紧压实责任，对没有办结的事项逐项明确措施，按时报送办理情况，确保件件有着落。"
TEXTS = (
    "云溪县人民政府办公室文件",
    "关于2025年7月重点督办事项",
    "办理情况的通报",
    "各乡镇人民政府，县直各单位：",
    "现将2025年7月重点督办事项办理情况通报如下：",
    "截至7月31日，重点督办事项共5项，已办结1项，正在办理3项，滞后1项。",
    CLOSING,
    "附件：重点督办事项台账",
    "云溪县政府督查室",
    "2025年8月4日",
)
_LEDGER = """
| 序号 | 督办事项 | 责任单位 | 完成时限 | 进展 | 办理状态 |
| 1 | 建设智慧停车平台 | 县公安局 | 2025年12月 | {} | 未开工 |
| 2 | 修订公积金管理办法 | 县住建局 | 2025年9月 | {} | 正常推进 |
| 3 | 普查古树名木 | 县林业局 | 2025年7月20日 | {} | {} |
| 4 | 整治马路市场 | 县城管局 | 2025年7月 | 已整治 | 已办结 |
| 5 | 安装充电桩一百个 | 县发改局 | 2025年8月 | {} | {} |
"""
LAYOUT = Layout(
    {
        "督办2025年7月.xlsx": {"a": _LEDGER.format("立项", "起草", "普查一半", "攻坚", "安装八十个", "正常推进")},
        "督办2025年8月.xlsx": {"a": _LEDGER.format("立项", "送审", "普查完成", "已办结", "安装百个", "已办结")},
    },
    {},
)


def habits(*texts: str):
    paper, problems = document.read(docx(*texts), "上期.docx")
    assert paper, problems
    return habits_of(paper)


def test_the_title_loses_its_period_and_the_rest_is_found():
    found = habits(*TEXTS)
    assert found.title == "关于重点督办事项办理情况的通报"
    assert found.addressees == "各乡镇人民政府，县直各单位"
    assert found.office == "云溪县政府督查室"
    assert found.closing == CLOSING
    assert found.counts == (("已办结", 1), ("正在办理", 3), ("滞后", 1))


def test_a_closing_paragraph_with_figures_is_not_kept():
    assert habits(*TEXTS[:6], CLOSING + "完成3项。", *TEXTS[7:]).closing == ""


def test_the_year_of_a_plan_stays_in_the_title():
    assert habits("关于2025年民生实事一季度推进情况的通报").title == "关于2025年民生实事推进情况的通报"


def test_what_a_word_means_is_proved_by_the_counts_of_the_last_circular(tmp_path: Path, capsys):
    ledgers = LAYOUT.write(tmp_path / "桌面")
    (tmp_path / "桌面" / "7月通报.docx").write_bytes(docx(*TEXTS))
    config = tmp_path / "督查室" / "config.yaml"
    assert cli.main(["setup", "-c", str(config), str(tmp_path / "桌面"), "--yes"]) == 0
    assert "按上期通报的数字证实" in capsys.readouterr().out
    settings = load_settings(config)
    report = settings.reports[0]
    assert settings.office.name == "云溪县政府督查室"
    assert (report.title, report.recipients) == ("关于重点督办事项办理情况的通报", "各乡镇人民政府，县直各单位")
    assert report.labels == {"滞后": ("攻坚",), "正在办理": ("未开工",)}
    assert report.wording["结束语"] == (CLOSING,)
    assert len(ledgers) == 2


def test_without_the_circular_the_word_is_asked_about(tmp_path: Path, capsys):
    config = tmp_path / "督查室" / "config.yaml"
    assert cli.main(["setup", "-c", str(config), *map(str, LAYOUT.write(tmp_path)), "--yes"]) == 1
    assert "不能确定：状态“攻坚”（1格）算哪一种" in capsys.readouterr().out
