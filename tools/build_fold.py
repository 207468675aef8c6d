"""Writes src/veilleuse/data/fold.bin: the byte every code point folds to.

    python tools/build_fold.py

Needs `confusable-homoglyphs` (3.3.1, from PyPI; it carries the Unicode confusables, UTS 39), which nothing else does.
Sources, in order of trust: the hand tables below, `unicodedata` (NFKC, NFD, casefold, names), then the confusables,
for letters of scripts that Latin is disguised in. Built with Python 3.11, whose Unicode is 14.0.

The file is a two-level table: 4,352 bytes, one for each 256 code points, that say which page; then the pages,
256 bytes each. What the bytes mean is said in `veilleuse.reading.fold`.
"""

import json
import re
import unicodedata
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from string import ascii_lowercase

from veilleuse.reading.fold import BREAK, CODES, DOUBTFUL, HIDDEN, LIGATURES, MARK, SEPARATOR, SIGNS

TARGET = Path(__file__).parent.parent / "src" / "veilleuse" / "data" / "fold.bin"
PAGE = 256
POINTS = 0x110000

_KEPT = frozenset("abcdefghijklmnopqrstuvwxyz0123456789~") | frozenset(LIGATURES) | frozenset(SIGNS)
# What a reader takes them for. Visual neighbours only, where the glyph reads as that letter in a line of Latin text.
_LOOKALIKES = {
    ord(glyph): letter
    for letter, glyphs in {
        "a": "αаʌꓮɐɑɒΛΔд", "b": "βвьъƅꓐɓΒ", "c": "сϲ©ꓚ¢ɔↄɕ", "d": "ԁđðδꓓɖɗ", "e": "еєэεξəꓰǝɛɘɜɞΕΣΞ",
        "f": "ƒꓝɟφϝ", "g": "ɡԍցꓖɠɢƃ", "h": "нһħꓧɥɦɧћΗ", "i": "іїıιɪ¡ӏ‖ꓲᴉɨɩΙ", "j": "јյꓙϳ", "k": "кκꓗʞќқΚ",
        "l": "łⅼℓǀ∣ꓡ£ɫɬɭλ", "m": "мꓟɯɰɱΜ", "n": "ипηոռꓠŋπлɲɳΝΠ", "o": "οоσøʘ°¤ꓳөθфɵɷɸΟΘΩΦ", "p": "рρꓑþƿΡ",
        "q": "ԛզ", "r": "гґяɹ®ꓣΓɻɼɽɾɿ", "s": "ѕςꓢ§ʂʃƨƽ", "t": "тτŧ†ꓔʇʈΤ", "u": "цυսʊµμꓴџʉ", "v": "νѵꓦʋ",
        "w": "шщωԝꓪʍ", "x": "хχ×ꓫжΧ", "y": "уγүұ¥ꓬʎчψɣɤΥΨ", "z": "ꓜʐʑʒʓζΖ", "3": "з", "'": "’‘ʼ´",
    }.items()
    for glyph in glyphs
}  # fmt: skip
# Signs of mathematics, of money, of tone; syllables of Canada and runes, which make one more style of letters.
_LOOKALIKES |= {
    ord(glyph): letter
    for letter, glyphs in {
        "a": "∀∧₳ᗩ", "b": "฿ᗺᗷ", "c": "⊂∁₵ᑕ", "d": "ᗡᗪ", "e": "∃∈ᗴ", "f": "₣", "g": "₲ᘜ", "i": "ᓰ", "k": "⋊₭ᛕ",
        "l": "˥ןᒪ", "m": "₥", "n": "∩₦ᑎ", "o": "⊕⊖⊗⊙∅⌀", "p": "₱", "q": "ᑫ", "s": "∫₴ᔕ", "t": "⊥⊤₸₮‡", "u": "∪",
        "v": "∨√", "w": "₩ᗯ", "z": "ᘔ",
    }.items()
    for glyph in glyphs
}  # fmt: skip
# Alphabets put together from other scripts by the look of their letters, as generators of "fancy text" offer them, from
# a to z, a space where one has none, or one that others write with too often: kana stand beside Latin words, and alef
# would spell out an x in Hebrew. These come last, after what each character is known to read as.
_STYLES = (
    "卂乃匚ᗪ乇 Ꮆ卄丨 Ҝㄥ爪几ㄖ卩Ɋ尺丂ㄒㄩᐯ 乂ㄚ乙",
    "ᗩᗷᑢᕲᘿᖴᘜᕼᓰᒚᖽᒪᘻᘉᓍᕵᕴᖇSᖶᑘᐺᘺ᙭ᖻᗱ",
    "ᗣᗷᑕᗞᕮᖴǤᕼIᒎᛕᒪᗰᑎOᑭᑫᖇᔕTᑌᐯᗯ᙭Yᘔ",
    "ꍏꌃꉓꀸꍟꎇꁅꃅꀤꀭꀘ꒒ꂵꈤꂦꉣꆰꋪꌗ꓄ꀎꃴꅏꊼꌩꁴ",
    "ꋬꃳꉔ꒯ꏂꊰꍌꁝ꒐꒻ꀘ꒒ꂵꋊꄲꉣꆰꋪꇙ꓄꒤꒦ꅐꉧꌦꁴ",
    "ꁲꋰꀯꂠꈼꄞꁅꍩꂑ꒼ꀗ꒒ꂵꋊꂦꉣꁷꌅꌚꋖꐇꀰꅏꇒꐞꁴ",
    "ꋫꃃꏸꁕꍟꄘꁍꑛꂑꀭꀗ꒒ꁒꁹꆂꉣꁸ꒓ꌚ꓅ꐇꏝꅐꇓꐟꁴ",
    "ค๒ς๔єŦﻮђเןкl๓ภ๏קợгรtยשฬ ץz",
    "ค๖¢໓ēfງhiวkl๓ຖ໐p๑rŞtนงຟxฯຊ",
    "คც८ძ૯Բ૭ҺɿʆқՆɱՈ૦ƿҩՐς੮υ౮ω૪ע૨",
    "ąცƈɖɛʄɠɧıʝƙƖɱŋơ℘զཞʂɬų۷ῳҳყʑ",
    "ąҍçժҽƒցհìʝҟӀʍղօքզɾʂէմѵա×վՀ",
    "ɑҍϲժҽƒցհíյƙӀʍղօթզɾՏԵմѵաՃվՀ",
    "ǟɮƈɖɛʄɢɦɨʝӄʟʍռօքզʀֆȶʊʋաӼʏʐ",
    "αвc∂εfgнιנкℓмησρqяѕтυνωχуz",
    "ΛBЄDΣFGΉIJKᄂMПӨPQЯƧƬЦVЩXYZ",
    "ᎯᏰᏨᎠᎬᎰᎶᎻᎨᏠᏦᏝᎷᏁᎾᏢᏄᏒᏕᎿᏬᏉᏯᎲᎽᏃ",
    "ᏗᏰፈᎴᏋᎦᎶᏂᎥᏠᏦᏝᎷᏁᎧᎮᎤᏒᏕᏖᏬᏉᏇጀᎩፚ",
    "ꪖ᥇ᥴᦔꫀᠻᧁꫝ𝓲𝓳𝘬ꪶꪑꪀꪮρ𝘲𝘳𝘴𝓽ꪊꪜ᭙᥊ꪗɀ",
    "ልጌርዕቿቻኗዘጎጋጕረጠክዐየዒዪነፕሁሀሠሸሃጊ",
    "𐌀𐌁𐌂𐌃𐌄𐌅Ᏽ𐋅𐌉Ꮭ𐌊𐌋𐌌𐌍Ꝋ𐌐𐌒𐌓𐌔𐌕𐌵ᕓᏔ𐋄𐌙Ɀ",
    "ᚨᛒᚲᛞᛖᚠᚷᚺᛁᛃᚴᛚᛗᚾᛟᛈ ᚱᛊᛏᚢ ᚹ  ᛉ",
)  # fmt: skip
_BY_STYLE: dict[str, str] = {}
for _style in _STYLES:
    for _letter, _glyph in zip(ascii_lowercase, _style, strict=True):
        if not _glyph.isascii():
            _BY_STYLE.setdefault(_glyph, _letter)
# Each stands for these, too.
_DOUBTED = {
    ord(glyph): doubtful
    for doubtful, glyphs in {
        "β": "Βϐ", "Δ": "∆", "θ": "Θϑ", "μ": "µ", "ξ": "Ξ", "π": "Π∏ϖ", "ρ": "Ρϱ", "Σ": "∑", "φ": "Φϕ", "χ": "Χ",
        "ψ": "ΥΨ", "Ω": "\u2126",
    }.items()
    for glyph in (doubtful, *glyphs)
} | {ord(doubtful): doubtful for doubtful in DOUBTFUL}  # fmt: skip
# Names such as LATIN LETTER SMALL CAPITAL N, NEGATIVE SQUARED LATIN CAPITAL LETTER N, REGIONAL INDICATOR
# SYMBOL LETTER N, LATIN SMALL LETTER N WITH STROKE, PARENTHESIZED LATIN SMALL LETTER N, FULLWIDTH …
_NAMED = re.compile(
    r"(?:\b(?:LATIN|SYMBOL)\b.*\bLETTER (?:(?:SMALL CAPITAL|TURNED|REVERSED) )*"
    r"|^(?:TURNED|REVERSED) (?:SANS-SERIF )?CAPITAL )([A-Z])(?: WITH .*)?$"
)
_DISGUISING = re.compile(
    r"^(?:LATIN|GREEK|CYRILLIC|ARMENIAN|CHEROKEE|LISU|COPTIC|MODIFIER LETTER|CANADIAN SYLLABICS)\b"
)
_HIDDEN_CATEGORIES = {"Cf", "Cs", "Cc"}
_MARK_CATEGORIES = {"Mn", "Me"}
# Invisible in print though their category says otherwise: Hangul fillers, the Braille blank, code points that Unicode
# keeps for invisible use; and what stands in place of half a character, which is as invisible as the half.
_BLANK = frozenset(
    "\u115f\u1160\u3164\uffa0\u2800\u2065\ufff0\ufff1\ufff2\ufff3\ufff4\ufff5\ufff6\ufff7\ufff8\ufffc\ufffd"
)
_KEPT_INVISIBLE = range(0xE0000, 0xE1000)
# What stands in a letter's place where it stands among letters, though it reads as none: letters of scripts that have
# capitals, signs of mathematics and money, brackets that open.
_STANDING_IN = frozenset({"Lu", "Ll", "Lt", "Sm", "Sc"})
_BRACKETS = frozenset("([{<")
_SLASHES = frozenset(",/\\、，､")
_BULLETS = frozenset("·•∙⋅‧・･●○◦▪■□★☆")
_PICTURED = frozenset({"So", "Sk"})  # emoji among them, and their tones of skin
_BREAKS = frozenset("\n?;:…\u2028\u2029？；：;⁇⁈‽")


@cache
def _confusables() -> dict[str, str]:
    """The Latin letter each glyph is confused with, where there is one."""
    listed = json.loads((files("confusable_homoglyphs") / "confusables.json").read_text(encoding="utf-8"))
    read: dict[str, str] = {}
    for glyph, others in listed.items():
        letters = sorted(o["c"].casefold() for o in others if re.fullmatch("[a-zA-Z]", o["c"]))
        if len(glyph) == 1 and letters:
            read[glyph] = letters[0]
    return read


def fold_point(character: str) -> str:
    """What a character folds to, as one character of those `CODES` names."""
    if character in _BREAKS:
        return BREAK
    if character in "\t\r\v\f":
        return SEPARATOR
    category = unicodedata.category(character)
    if character == "`" or character in _BLANK or category in _HIDDEN_CATEGORIES or ord(character) in _KEPT_INVISIBLE:
        return HIDDEN
    if category in _MARK_CATEGORIES:
        return MARK
    if ord(character) in _DOUBTED:
        return _DOUBTED[ord(character)]
    for candidate in _candidates(character):
        if candidate in _KEPT:
            return candidate
    if character in _SLASHES:
        return ","
    if character in _BULLETS or category in _PICTURED:
        return "^"
    if character in _BRACKETS:
        return "("
    return "#" if category in _STANDING_IN else SEPARATOR


def _candidates(character: str) -> list[str]:
    lowered = unicodedata.normalize("NFKC", character).casefold()
    bare = "".join(c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))
    name = unicodedata.name(character, "")
    found = [character.lower(), character.translate(_LOOKALIKES), lowered, bare, bare.translate(_LOOKALIKES)]
    if named := _NAMED.search(name):
        found.append(named[1].lower())
    if _DISGUISING.search(name):
        found += (_confusables().get(c, "") for c in (character, character.lower(), character.upper()))
    found += (_BY_STYLE.get(c, "") for c in (character, lowered))
    return found


def main() -> None:
    pages: dict[bytes, int] = {}
    index = bytearray()
    for first in range(0, POINTS, PAGE):
        page = bytes(CODES[fold_point(chr(point))] for point in range(first, first + PAGE))
        index.append(pages.setdefault(page, len(pages)))
    TARGET.write_bytes(bytes(index) + b"".join(pages))
    print(f"{len(pages)} pages, {TARGET.stat().st_size:,} bytes; Unicode {unicodedata.unidata_version}, ")
    print(f"confusable-homoglyphs {version('confusable-homoglyphs')}")


if __name__ == "__main__":
    main()
