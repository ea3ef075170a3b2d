"""Fonts of signs: which character a reader sees where a file holds the code of a sign in Wingdings or Symbol."""

from __future__ import annotations

_FIRST, _PRIVATE, _LAST = 0x21, 0xF000, 0xFF  # old Office puts the signs of such fonts at U+F021 to U+F0FF
UNKNOWN = "�"
# Excel writes the codes 0x80 to 0x9F as the characters that Windows has there (Œ for 0x8C). Those that Chinese texts
# have too (… “ ” — •) stay what they are.
_WINDOWS = {
    "€‚ƒ„†‡ˆ‰Š‹ŒŽ˜™š›œžŸ"[n]: chr(code)
    for n, code in enumerate(
        (
            0x80,
            0x82,
            0x83,
            0x84,
            0x86,
            0x87,
            0x88,
            0x89,
            0x8A,
            0x8B,
            0x8C,
            0x8E,
            0x98,
            0x99,
            0x9A,
            0x9B,
            0x9C,
            0x9E,
            0x9F,
        )
    )
}
# The characters of 0x21 to 0xFF by font; � where the font has none, or none that is a character. Signs that mean the
# same to a reader of a paper are one here: √ for all ticks, × for all crosses, ☑ ☒ □ ■ ○ ● for the many boxes and
# discs, → ➢ for what Word makes of `-->` and its usual bullet. Source: the Unicode proposals for the Wingdings sets, as
# collected in dingbat-to-unicode; of Marlett, which draws the buttons of windows, the signs that stand in for others.
_SIGNS = {
    "wingdings": (
        "🖉✂✁👓🕭🕮🕯🕿✆🖂🖃📪📫📬📭🗀🗁🗎🗏🗐🗄⌛🖮🖰🖲🖳🖴🖫🖬✇✍🖎✌🖏👍👎☜☞☝☟🖐☺😐☹💣🕱🏳🏱✈☼🌢❄🕆✞🕈✠✡☪☯🕉☸♈♉♊♋♌♍♎♏♐♑♒♓🙰🙵●○■□□"
        "□□🞟⧫◆❖⬩⌧⮹⌘🏵🏶🙶🙷▯⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿🙢🙠🙡🙣🙞🙜🙝🙟∙•⬝○○🞈🞊🞋○▪□🟁🟅★🟋🟏🟓🟑⯐⌖⯎⯏⯑✪✰🕐🕑🕒🕓🕔🕕🕖🕗🕘🕙"
        "🕚🕛⮰⮱⮲⮳⮴⮵⮶⮷🙪🙫🙕🙔🙗🙖🙐🙑🙒🙓⌫⌦⮘➢⮙⮛⮈⮊⮉⮋←→↑↓🡬🡭🡯🡮🡸🡺🡹🡻🡼🡽🡿🡾⇦⇨⇧⇩⬄⇳⬁⬀⬃⬂🢬🢭×√☒☑�"
    ),
    "wingdings 2": (
        "🖊🖋🖌🖍✄✀🕾🕽🗅🗆🗇🗈🗉🗊🗋🗌🗍📋🗑🗔🖵🖶🖷🖸🖭🖯🖱🖒🖓🖘🖙🖚🖛👈👉🖜🖝🖞🖟🖠🖡👆👇🖢🖣🖑×√☒☑☒☒⊗⊗🛇⦸🙱🙴🙲🙳‽🙹🙺🙻🙦🙤🙥🙧🙚🙘🙙🙛⓪①②③④⑤⑥⑦"
        "⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿�☉🌕☽☾⸿✝🕇🕜🕝🕞🕟🕠🕡🕢🕣🕤🕥🕦🕧🙨🙩⋅🞄⦁●○○○●⊙⦿■■■■□□□□🞔▣🞕🞖🞗🞘⬩⬥◇🞚◈🞛🞜🞝🞞⬪⬧◊🞠◖◗⯊⯋⯀⯁⬟"
        "⯂⬣⬢⯃⯄🞡🞢🞣🞤🞥🞦🞧🞨🞩🞪🞫🞬🞭🞮🞯🞰🞱🞲🞳🞴🞵🞶🞷🞸🞹🞺🞻🞼🞽🞾🞿🟀🟂🟄🟆🟉🟊✶🟌🟎🟐🟒✹🟃🟇✯🟍🟔⯌⯍※⁂������"
    ),
    "wingdings 3": (
        "⭠⭢⭡⭣⭦⭧⭩⭨⭰⭲⭱⭳⭶⭸⭻⭽⭤⭥⭪⭬⭫⭭⭍⮠⮡⮢⮣⮤⮥⮦⮧⮐⮑⮒⮓⮀⮃⭾⭿⮄⮆⮅⮇⮏⮍⮎⮌⭮⭯⎋⌤⌃⌥␣⍽⇪⮸🢠🢡🢢🢣🢤🢥🢦🢧🢨🢩🢪🢫🡐🡒🡑🡓🡔🡕🡗🡖🡘🡙▲"
        "▼△▽◀▶◁▷◣◢◤◥🞀🞂🞁�🞃⯅⯆⯇⯈⮜⮞⮝⮟🠐🠒🠑🠓🠔🠖🠕🠗🠘🠚🠙🠛🠜🠞🠝🠟🠀🠂🠁🠃🠄🠆🠅🠇🠈🠊🠉🠋🠠🠢🠤🠦🠨🠪🠬🢜🢝🢞🢟🠮🠰🠲🠴🠶🠸🠺🠹🠻🢘🢚🢙🢛🠼🠾🠽🠿"
        "🡀🡂🡁🡃🡄🡆🡅🡇⮨⮩⮪⮫⮬⮭⮮⮯🡠🡢🡡🡣🡤🡥🡧🡦🡰🡲🡱🡳🡴🡵🡷🡶🢀🢂🢁🢃🢄🢅🢇🢆🢐🢒🢑🢓🢔🢖🢕🢗���������������"
    ),
    "webdings": (
        "🕷🕸🕲🕶🏆🎖🖇🗨🗩🗰🗱🌶🎗🙾🙼🗕🗖🗗⏴⏵⏶⏷⏪⏩⏮⏭⏸⏹⏺🗚🗳🛠🏗🏘🏙🏚🏜🏭🏛🏠🏖🏝🛣🔍🏔👁👂🏞🏕🛤🏟🛳🕬🕫🕨🔈🎔🎕🗬🙽🗭🗪🗫⮔√🚲□🛡📦🛱■🚑🛈🛩🛰🟈🕴●🛥🚔"
        "🗘×❓🛲🚇🚍⛳⦸⊖🚭🗮⏐🗯🗲�🚹🚺🛉🛊🚼👽🏋⛷🏂🏌🏊🏄🏍🏎🚘🗠🛢💰🏷💳👪🗡🗢🗣✯🖄🖅🖃🖆🖹🖺🖻🕵🕰🖽🖾📋🗒🗓🕮📚🗞🗟🗃🗂🖼🎭🎜🎘🎙🎧💿🎞📷🎟🎬📽📹📾📻🎚🎛📺💻🖥"
        "🖦🖧🕹🎮🕻🕼📟🖁🖀🖨🖩🖿🖪🗜🔒🔓🗝📥📤🕳🌣🌤🌥🌦☁🌨🌧🌩🌪🌬🌫🌜🌡🛋🛏🍽🍸🛎🛍Ⓟ♿🛆🖈🎓🗤🗥🗦🗧🛪🐿🐦🐟🐕🐈🙬🙮🙭🙯🗺🌍🌏🌎🕊"
    ),
    "symbol": (
        "!∀#∃%&∍()*+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπ"
        "θρστυϖωξψζ{|}~���������������������������������€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵ"
        "ℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪�〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭�"
    ),
    "marlett": "".join(
        {"a": "√", "b": "√", "r": "×", "g": "■", "n": "●"}.get(chr(n), UNKNOWN) for n in range(0x21, 0x100)
    ),
}


def is_signs(font: str) -> bool:
    """Whether the letters of a font are signs."""
    return _named(font) in _SIGNS


def _named(font: str) -> str:
    return font.casefold().strip()


def seen(code: int, font: str) -> str:
    """The character that is seen for a code of a font, in its private form (0xF0FC) or plain; � for an unknown sign."""
    signs = _SIGNS.get(_named(font))
    place = ord(plain(chr(code)))
    if signs and _FIRST <= place <= _LAST:
        return signs[place - _FIRST]
    if place in {0x20, 0xA0}:
        return " "
    return UNKNOWN if not code or is_private(chr(code)) else chr(code)


def plain(letter: str) -> str:
    """The letter of a font of signs in whichever form it stands: `ü` for U+F0FC, U+008C for `Œ`."""
    code = ord(_WINDOWS.get(letter, letter))
    return chr(code - _PRIVATE) if _PRIVATE <= code <= _PRIVATE + _LAST else chr(code)


def is_private(character: str) -> bool:
    """Whether only its font says what a character looks like. Office systems write blanks as U+E5E5: that is none."""
    return "\ue000" <= character <= "\uf8ff" and character != "\ue5e5"


def in_signs(text: str, font: str) -> str:
    """A text as it is seen in a font of signs, character by character."""
    signs = (_FIRST <= ord(plain(c)) <= _LAST or is_private(c) for c in text)
    return "".join(seen(ord(c), font) if sign else c for c, sign in zip(text, signs, strict=True))
