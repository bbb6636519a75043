"""The people on the ballots, all of them invented."""

from __future__ import annotations

from dataclasses import dataclass

from tabulator.domain.register import Option
from tabulator.domain.text import Text


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who stands for President.

    Attributes:
        strength: Weight among the others where nobody is at home.
        stronghold: Codes of the regions where the weight is more than doubled.
    """

    code: str
    name: Text
    sex: str
    strength: int
    stronghold: tuple[str, ...] = ()


CANDIDATES = (
    Candidate(
        "Baytemirov",
        Text(
            "Байтемиров Кубатбек Сагынович",
            "Байтемиров Кубатбек Сагынович",
            "Baytemirov Kubatbek Sagynovich",
        ),
        "m",
        150,
        ("naryn", "issyk-kul"),
    ),
    Candidate(
        "Esenkanova",
        Text(
            "Эсенканова Айнагүл Турдубековна",
            "Эсенканова Айнагуль Турдубековна",
            "Esenkanova Ainagul Turdubekovna",
        ),
        "f",
        95,
        ("bishkek", "abroad"),
    ),
    Candidate(
        "Mambetkulov",
        Text(
            "Мамбеткулов Тилек Орозбекович",
            "Мамбеткулов Тилек Орозбекович",
            "Mambetkulov Tilek Orozbekovich",
        ),
        "m",
        330,
        ("jalal-abad", "osh"),
    ),
    Candidate(
        "Yrysbaev",
        Text(
            "Ырысбаев Чыңгыз Дөөлөтович",
            "Ырысбаев Чынгыз Доолотович",
            "Yrysbaev Chyngyz Doolotovich",
        ),
        "m",
        60,
        ("talas",),
    ),
    Candidate(
        "Toktosartova",
        Text(
            "Токтосартова Нурзат Кемеловна",
            "Токтосартова Нурзат Кемеловна",
            "Toktosartova Nurzat Kemelovna",
        ),
        "f",
        45,
        ("batken",),
    ),
    Candidate(
        "Janykulov",
        Text(
            "Жаныкулов Эрлан Асылбекович",
            "Жаныкулов Эрлан Асылбекович",
            "Janykulov Erlan Asylbekovich",
        ),
        "m",
        180,
        ("chui", "bishkek"),
    ),
    Candidate(
        "Syrgabaev",
        Text(
            "Сыргабаев Мирлан Абдыкалыкович",
            "Сыргабаев Мирлан Абдыкалыкович",
            "Syrgabaev Mirlan Abdykalykovich",
        ),
        "m",
        70,
        ("osh-city",),
    ),
    Candidate(
        "Karatasheva",
        Text(
            "Караташева Жылдыз Өмүрбековна",
            "Караташева Жылдыз Омурбековна",
            "Karatasheva Jyldyz Omurbekovna",
        ),
        "f",
        35,
    ),
)

AGAINST_ALL = "against_all"

# The lists of the town, each followed by its candidates: ky | ru | en | sex.
_LISTS = {
    "umut": """
        Кетмен-Төбө үмүтү | Надежда Кетмень-Тюбе | Hope of Ketmen-Tobo |
        Арстанкулова Зыйнат | Арстанкулова Зыйнат | Arstankulova Zyinat | f
        Бекташов Нурдөөлөт | Бекташов Нурдоолот | Bektashov Nurdoolot | m
        Качкынова Гүлбарчын | Качкынова Гульбарчын | Kachkynova Gulbarchyn | f
        Ормонкулов Өскөн | Ормонкулов Оскон | Ormonkulov Oskon | m
        Тынымсеитов Данияр | Тынымсеитов Данияр | Tynymseitov Daniyar | m
    """,
    "bulak": """
        Тоо булагы | Горный родник | Mountain Spring |
        Акжолтоев Сыймык | Акжолтоев Сыймык | Akjoltoev Syimyk | m
        Дөлөнова Мээрим | Долонова Мээрим | Dolonova Meerim | f
        Жылкычиева Бурул | Жылкычиева Бурул | Jylkychieva Burul | f
        Мойдунов Эржигит | Мойдунов Эржигит | Moydunov Erjigit | m
        Шаршекеев Бактияр | Шаршекеев Бактияр | Sharshekeev Baktiyar | m
    """,
    "kopuro": """
        Жаңы көпүрө | Новый мост | New Bridge |
        Байгашкаев Улан | Байгашкаев Улан | Baygashkaev Ulan | m
        Ишенова Толгонай | Ишенова Толгонай | Ishenova Tolgonay | f
        Келгенбаев Сүйүн | Келгенбаев Суйун | Kelgenbaev Suyun | m
        Өмүралиева Чынара | Омуралиева Чынара | Omuralieva Chynara | f
        Сатывалдыев Ариет | Сатывалдыев Ариет | Satyvaldyev Ariet | m
    """,
    "zheek": """
        Нарын жээги | Берег Нарына | Banks of the Naryn |
        Бөкөнова Асел | Боконова Асель | Bokonova Asel | f
        Досумбетов Кылыч | Досумбетов Кылыч | Dosumbetov Kylych | m
        Кожогелдиев Азамат | Кожогелдиев Азамат | Kojogeldiev Azamat | m
        Наматбаева Рахат | Наматбаева Рахат | Namatbaeva Rakhat | f
        Чокморов Темирлан | Чокморов Темирлан | Chokmorov Temirlan | m
    """,
    "ongu": """
        Өрөөн өңүтү | Облик долины | Face of the Valley |
        Атантаев Бекболсун | Атантаев Бекболсун | Atantaev Bekbolsun | m
        Жумаканова Венера | Жумаканова Венера | Jumakanova Venera | f
        Осконалиев Замир | Осконалиев Замир | Oskonaliev Zamir | m
        Сейилканова Алтынай | Сейилканова Алтынай | Seyilkanova Altynay | f
        Үсөнкулов Рыскул | Усонкулов Рыскул | Usonkulov Ryskul | m
    """,
    "el": """
        Элдик тизме | Народный список | People's List |
        Аматбекова Сайкал | Аматбекова Сайкал | Amatbekova Saykal | f
        Борбуев Тынчтык | Борбуев Тынчтык | Borbuev Tynchtyk | m
        Исманкулов Адилет | Исманкулов Адилет | Ismankulov Adilet | m
        Мурзакулова Кундуз | Мурзакулова Кундуз | Murzakulova Kunduz | f
        Тологонов Эсенбек | Тологонов Эсенбек | Tologonov Esenbek | m
    """,
}


STRENGTHS = {
    **{each.code: each.strength for each in CANDIDATES},
    AGAINST_ALL: 30,
    **dict(zip(_LISTS, (205, 190, 165, 150, 120, 90), strict=True)),
}
"""Code of a choice → its weight among the others where nobody is at home."""

STRONGHOLDS = {each.code: each.stronghold for each in CANDIDATES}


def presidential_options() -> tuple[Option, ...]:
    """The ballot of the presidential election, against all last."""
    against = Text("Баарына каршы", "Против всех", "Against all")
    return (
        *(
            Option(place, each.code, "candidate", each.name, sex=each.sex)
            for place, each in enumerate(CANDIDATES, start=1)
        ),
        Option(len(CANDIDATES) + 1, AGAINST_ALL, "against_all", against),
    )


def list_options() -> tuple[Option, ...]:
    """The ballot of the town: the lists, then list by list the candidates of its annex."""
    lists: list[Option] = []
    annexes: list[Option] = []
    for number, (code, table) in enumerate(_LISTS.items(), start=1):
        for place, line in enumerate(table.strip().splitlines()):
            ky, ru, en, sex = (cell.strip() for cell in line.split("|"))
            name = Text(ky, ru, en)
            if place == 0:
                lists.append(Option(number, code, "list", name))
            else:
                annexes.append(Option(place, f"{code}_{place}", "candidate", name, code, sex))
    return (*lists, *annexes)
