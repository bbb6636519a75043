"""What is said of requests that cannot be read, in the three languages."""

from tabulator.domain.text import Text

REQUEST_MESSAGES: dict[str, Text] = {
    "not-json": Text("JSON эмес: {found}", "это не JSON: {found}", "this is no JSON: {found}"),
    "too-deep": Text(
        "{expected} деңгээлден терең", "глубже {expected} уровней", "deeper than {expected} levels"
    ),
    "number-too-large": Text(
        "{found}: сан өтө чоң", "{found}: слишком большое число", "{found}: the number is too large"
    ),
    "lone-surrogate": Text(
        "{found}: мындай белги жок (жарым суррогат)",
        "{found}: такого знака нет (половина суррогатной пары)",
        "{found}: there is no such character (half of a surrogate pair)",
    ),
    "not-a-cursor": Text(
        "«{found}» бул тизменин уландысы эмес: мурунку барактын next маанисин алыңыз",
        "«{found}» – не продолжение этого списка: возьмите next предыдущей страницы",
        "“{found}” continues no page of this list: take next of the page before",
    ),
    "not-a-key": Text(
        "бул ачкыч жараксыз, керектүүсү: {expected}",
        "такой ключ не годится, нужно: {expected}",
        "this key cannot be used, it must be: {expected}",
    ),
    "not-a-document": Text(
        "файл документтин сүрөтү эмес; күтүлгөнү: {expected}",
        "файл не является изображением документа; ожидается: {expected}",
        "the file is no picture of a document; expected: {expected}",
    ),
    # What an observer keeps of the trail.
    "line-too-long": Text(
        "сап өтө узун: {expected} байттан ашык",
        "строка слишком длинная: больше {expected} байт",
        "the line is too long: more than {expected} bytes",
    ),
    "not-of-the-trail": Text(
        "бул {expected} эмес: {found}",
        "это не {expected}: {found}",
        "this is no {expected}: {found}",
    ),
    "closed": Text(
        "«{found}» боюнча протокол каралып жатат: аны мындай алмаштырууга болбойт",
        "протокол по «{found}» уже на рассмотрении: так его заменить нельзя",
        "the protocol for “{found}” is under review already and cannot be replaced like this",
    ),
}
