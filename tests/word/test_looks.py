"""How a paragraph looks: its own properties over its style's, those over the style's ancestors' and the defaults'."""

from __future__ import annotations

from tests.support.docx_maker import NAMESPACES, docx
from tongbao.word.looks import Look, Looks
from tongbao.word.package import W, open_package
from tongbao.word.sight import Sight

STYLES = f"""<w:styles {NAMESPACES}>
<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:eastAsia="宋体"/><w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:pPr><w:jc w:val="both"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/><w:rPr><w:rFonts w:eastAsia="仿宋_GB2312"/><w:sz w:val="32"/>
<w:spacing w:val="-5"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="c"><w:rPr><w:color w:val="FF0000"/></w:rPr></w:style></w:styles>"""


def look(paragraph: str = "", run: str = "", styles: str = STYLES) -> Look:
    xml = f"<w:p><w:pPr>{paragraph}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>正文</w:t></w:r></w:p>"
    data = docx(xml, parts={"styles.xml": ("styles", styles)} if styles else None)
    with open_package(data) as package:
        sight = Sight(package)
        _, root, _ = next(sight.parts())
        return Looks(sight).of(next(root.iter(W + "p")))


def test_a_paragraph_without_a_style_looks_like_the_default_one():
    assert (look().font, look().size, look().align) == ("宋体", 21, "both")


def test_a_style_is_laid_over_the_one_that_it_is_based_on():
    found = look('<w:pStyle w:val="b"/>')
    assert (found.font, found.size, found.squeeze, found.align) == ("仿宋_GB2312", 32, -5, "both")


def test_what_the_paragraph_and_its_first_run_say_themselves_wins():
    found = look('<w:pStyle w:val="b"/><w:jc w:val="center"/>', '<w:rFonts w:eastAsia="黑体"/><w:rStyle w:val="c"/>')
    assert (found.font, found.size, found.align, found.color) == ("黑体", 32, "center", "FF0000")


def test_a_theme_font_is_told_and_the_spacing_of_lines_is_not_that_of_letters():
    found = look('<w:spacing w:line="579" w:lineRule="exact"/>', '<w:rFonts w:eastAsiaTheme="minorEastAsia"/>')
    assert (found.theme, found.line, found.rule, found.squeeze) == (True, 579, "exact", 0)


def test_a_file_without_styles_and_with_an_odd_number_has_a_look_too():
    assert look('<w:ind w:firstLineChars="200" w:firstLine="auto"/>', styles="") == Look(first_chars=200)
