"""Numbers in words: how a protocol states each figure a second time (K01)."""

from __future__ import annotations

import re
import unicodedata

_NAMES = {
    "ky": """
        бир, он бир, он, бир жүз
        эки, он эки, жыйырма, эки жүз
        үч, он үч, отуз, үч жүз
        төрт, он төрт, кырк, төрт жүз
        беш, он беш, элүү, беш жүз
        алты, он алты, алтымыш, алты жүз
        жети, он жети, жетимиш, жети жүз
        сегиз, он сегиз, сексен, сегиз жүз
        тогуз, он тогуз, токсон, тогуз жүз""",
    "ru": """
        один, одиннадцать, десять, сто
        два, двенадцать, двадцать, двести
        три, тринадцать, тридцать, триста
        четыре, четырнадцать, сорок, четыреста
        пять, пятнадцать, пятьдесят, пятьсот
        шесть, шестнадцать, шестьдесят, шестьсот
        семь, семнадцать, семьдесят, семьсот
        восемь, восемнадцать, восемьдесят, восемьсот
        девять, девятнадцать, девяносто, девятьсот""",
    "en": """
        one, eleven, ten, one hundred
        two, twelve, twenty, two hundred
        three, thirteen, thirty, three hundred
        four, fourteen, forty, four hundred
        five, fifteen, fifty, five hundred
        six, sixteen, sixty, six hundred
        seven, seventeen, seventy, seven hundred
        eight, eighteen, eighty, eight hundred
        nine, nineteen, ninety, nine hundred""",
}
_TABLES = {
    lang: [[""] * 4] + [line.strip().split(", ") for line in table.strip().splitlines()]
    for lang, table in _NAMES.items()
}
"""Language → digit → its name among ones, teens (as 10 + digit), tens and hundreds."""

_SCALES = {
    "ky": (("миллион",) * 3, ("миң",) * 3),
    "ru": (("миллион", "миллиона", "миллионов"), ("тысяча", "тысячи", "тысяч")),
    "en": (("million",) * 3, ("thousand",) * 3),
}
"""Language → millions and thousands, each after one, after two to four, after more."""

_ZERO = {"ky": "нөл", "ru": "ноль", "en": "zero"}
_FEMININE = {"один": "одна", "два": "две"}


def in_words(number: int, lang: str) -> str:
    """A count from 0 to 99,999,999 in words, in full: 1100 is "бир миң бир жүз"."""
    if number == 0:
        return _ZERO[lang]
    words: list[str] = []
    for group, scale in zip((number // 10**6, number // 1000 % 1000), _SCALES[lang], strict=True):
        if group:
            said = _group(group, lang)
            words += [_FEMININE.get(w, w) for w in said] if scale[0] == "тысяча" else said
            words.append(_after(group, scale))
    return " ".join(words + _group(number % 1000, lang))


def _group(number: int, lang: str) -> list[str]:
    """The words of a number below a thousand; none for zero."""
    table = _TABLES[lang]
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    below = [table[ones][1]] if tens == 1 and ones else [table[tens][2], table[ones][0]]
    return [word for word in (table[hundreds][3], *below) if word]


def _after(number: int, forms: tuple[str, ...]) -> str:
    """The form of a noun that follows this number in Russian; elsewhere all three are equal."""
    ones = number % 10 if number // 10 % 10 != 1 else 0
    return forms[0 if ones == 1 else 1 if 2 <= ones <= 4 else 2]


def states(text: str, number: int) -> bool:
    """Whether a text written by a person states this number in Kyrgyz or in Russian.

    Case, spaces, hyphens and ё/е do not matter, nor whether a single hundred, thousand or
    million is counted out ("миң" and "бир миң"). Anything else that differs does.
    """
    said = _bare(text)
    return any(said == _bare(in_words(number, lang)) for lang in ("ky", "ru"))


def _bare(text: str) -> str:
    """The letters and digits alone, without a "one" that may as well be left out."""
    letters = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    letters = re.sub(r"[\W_]+", "", letters).replace("нуль", "ноль").replace("биржүз", "жүз")
    return re.sub(r"(^|миллион(?:а|ов)?)(?:бир|одна|один)(?=миң|тысяча|миллион)", r"\1", letters)
