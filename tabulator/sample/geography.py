"""The country: ten regions, 54 territories, and the commissions that tabulate them."""

from __future__ import annotations

from dataclasses import dataclass

from tabulator.domain.areas import Area, Commission
from tabulator.domain.text import Text

COUNTRY = "kg"
ABROAD = "abroad"
TOKTOGUL = "jalal-abad-toktogul"
BISHKEK_COMMISSION = "tec-bishkek"


@dataclass(frozen=True, slots=True)
class Region:
    """A region.

    Attributes:
        digit: First digit of its precinct numbers.
        turnout: Turnout that is usual in its villages, per mille; towns lie lower.
    """

    code: str
    digit: int
    turnout: int
    name: Text


@dataclass(frozen=True, slots=True)
class Territory:
    """What one territorial commission tabulates.

    Attributes:
        commission: Code of its TEC.
        precincts: Number of its precincts when there are 2,438 at home.
        town: Whether it is a town; its schools then have streets, not villages.
        remote: Share of its precincts that are far from a road, per mille.
        name: Without "district" or "town"; `adjective` is the Russian one, "" for a town.
    """

    code: str
    region: str
    commission: str
    precincts: int
    town: bool
    remote: int
    name: Text
    adjective: str = ""

    @property
    def area_name(self) -> Text:
        if self.town:
            name = self.name
            return Text(f"{name.ky} шаары", f"город {name.ru}", f"{name.en} city")
        return Text(f"{self.name.ky} району", f"{self.adjective} район", f"{self.name.en} district")

    @property
    def commission_name(self) -> Text:
        ru = "территориальная избирательная комиссия"
        if self.town:
            ru = f"{ru.capitalize()} города {self.name.ru}"
        else:
            ru = f"{self.adjective.removesuffix('ий')}ая {ru}"
        genitive = f"{self.area_name.ky}{'нын' if self.town else 'нун'}"
        return Text(
            f"{genitive} аймактык шайлоо комиссиясы",
            ru,
            f"{self.area_name.en} territorial election commission",
        )


REGIONS = (
    Region("bishkek", 1, 335, Text("Бишкек шаары", "город Бишкек", "Bishkek city")),
    Region("osh-city", 5, 345, Text("Ош шаары", "город Ош", "Osh city")),
    Region("batken", 8, 450, Text("Баткен облусу", "Баткенская область", "Batken oblast")),
    Region(
        "jalal-abad",
        2,
        420,
        Text("Жалал-Абад облусу", "Джалал-Абадская область", "Jalal-Abad oblast"),
    ),
    Region(
        "issyk-kul", 3, 385, Text("Ысык-Көл облусу", "Иссык-Кульская область", "Issyk-Kul oblast")
    ),
    Region("naryn", 4, 470, Text("Нарын облусу", "Нарынская область", "Naryn oblast")),
    Region("osh", 5, 415, Text("Ош облусу", "Ошская область", "Osh oblast")),
    Region("talas", 6, 410, Text("Талас облусу", "Таласская область", "Talas oblast")),
    Region("chui", 7, 335, Text("Чүй облусу", "Чуйская область", "Chui oblast")),
    Region(ABROAD, 9, 340, Text("Чет өлкөлөр", "За рубежом", "Abroad")),
)

# slug | precincts | remote ‰ | ky | ru (a town) or Russian adjective (a district) | en
_DISTRICTS = {
    "batken": """
        batken | 40 | 120 | Баткен | Баткенский | Batken
        kadamjay | 68 | 60 | Кадамжай | Кадамжайский | Kadamjay
        leylek | 46 | 120 | Лейлек | Лейлекский | Leylek
    """,
    "jalal-abad": """
        aksy | 58 | 60 | Аксы | Аксыйский | Aksy
        ala-buka | 46 | 60 | Ала-Бука | Ала-Букинский | Ala-Buka
        bazar-korgon | 66 | 40 | Базар-Коргон | Базар-Коргонский | Bazar-Korgon
        nooken | 62 | 20 | Ноокен | Ноокенский | Nooken
        suzak | 122 | 30 | Сузак | Сузакский | Suzak
        toguz-toro | 15 | 250 | Тогуз-Торо | Тогуз-Тороуский | Toguz-Toro
        chatkal | 19 | 400 | Чаткал | Чаткальский | Chatkal
    """,
    "issyk-kul": """
        ak-suu | 36 | 90 | Ак-Суу | Ак-Суйский | Ak-Suu
        jeti-oguz | 46 | 80 | Жети-Өгүз | Джети-Огузский | Jeti-Oguz
        issyk-kul | 40 | 30 | Ысык-Көл | Иссык-Кульский | Issyk-Kul
        ton | 27 | 60 | Тоң | Тонский | Ton
        tyup | 26 | 60 | Түп | Тюпский | Tyup
    """,
    "naryn": """
        at-bashy | 30 | 180 | Ат-Башы | Ат-Башинский | At-Bashy
        jumgal | 28 | 150 | Жумгал | Жумгальский | Jumgal
        kochkor | 32 | 100 | Кочкор | Кочкорский | Kochkor
        naryn | 27 | 200 | Нарын | Нарынский | Naryn
        ak-talaa | 17 | 200 | Ак-Талаа | Ак-Талинский | Ak-Talaa
    """,
    "osh": """
        alay | 42 | 200 | Алай | Алайский | Alay
        aravan | 52 | 0 | Араван | Араванский | Aravan
        kara-kulja | 48 | 130 | Кара-Кулжа | Кара-Кулджинский | Kara-Kulja
        kara-suu | 158 | 20 | Кара-Суу | Кара-Суйский | Kara-Suu
        nookat | 104 | 40 | Ноокат | Ноокатский | Nookat
        chon-alay | 16 | 350 | Чоң-Алай | Чон-Алайский | Chon-Alay
        uzgen | 100 | 50 | Өзгөн | Узгенский | Uzgen
    """,
    "talas": """
        bakay-ata | 24 | 60 | Бакай-Ата | Бакай-Атинский | Bakay-Ata
        kara-buura | 30 | 70 | Кара-Буура | Кара-Бууринский | Kara-Buura
        manas | 17 | 40 | Манас | Манасский | Manas
        talas | 32 | 40 | Талас | Таласский | Talas
    """,
    "chui": """
        alamudun | 70 | 10 | Аламүдүн | Аламудунский | Alamudun
        jayyl | 48 | 30 | Жайыл | Жайылский | Jayyl
        kemin | 29 | 60 | Кемин | Кеминский | Kemin
        panfilov | 25 | 20 | Панфилов | Панфиловский | Panfilov
        sokuluk | 76 | 10 | Сокулук | Сокулукский | Sokuluk
        chui | 27 | 20 | Чүй | Чуйский | Chui
        moskva | 41 | 10 | Москва | Московский | Moskva
        ysyk-ata | 58 | 20 | Ысык-Ата | Ысык-Атинский | Ysyk-Ata
    """,
}

_TOWNS = {
    "bishkek": "bishkek | 240 | 0 | Бишкек | Бишкек | Bishkek",
    "osh-city": "osh-city | 102 | 0 | Ош | Ош | Osh",
    "batken": """
        batken-city | 14 | 0 | Баткен | Баткен | Batken
        kyzyl-kiya | 22 | 0 | Кызыл-Кыя | Кызыл-Кия | Kyzyl-Kiya
        sulyukta | 12 | 0 | Сүлүктү | Сулюкта | Sulyukta
    """,
    "jalal-abad": """
        jalal-abad-city | 46 | 0 | Жалал-Абад | Джалал-Абад | Jalal-Abad
        kara-kul | 12 | 0 | Кара-Көл | Кара-Куль | Kara-Kul
        mayluu-suu | 13 | 0 | Майлуу-Суу | Майлуу-Суу | Mayluu-Suu
        toktogul | 11 | 0 | Токтогул | Токтогул | Toktogul
        tash-kumyr | 16 | 0 | Таш-Көмүр | Таш-Кумыр | Tash-Kumyr
    """,
    "issyk-kul": """
        balykchy | 19 | 0 | Балыкчы | Балыкчы | Balykchy
        karakol | 32 | 0 | Каракол | Каракол | Karakol
    """,
    "naryn": "naryn-city | 14 | 0 | Нарын | Нарын | Naryn",
    "talas": "talas-city | 15 | 0 | Талас | Талас | Talas",
    "chui": "tokmok | 22 | 0 | Токмок | Токмок | Tokmok",
}

# A region that is one town: its territory cannot be called after the region once more.
_OWN_CODES = {"bishkek": "bishkek-city", "osh-city": "osh-city-osh"}


def _read(region: str, line: str, town: bool) -> Territory:
    slug, precincts, remote, ky, ru, en = (cell.strip() for cell in line.split("|"))
    return Territory(
        code=_OWN_CODES.get(slug, f"{region}-{slug}"),
        region=region,
        commission=f"tec-{slug}",
        precincts=int(precincts),
        town=town,
        remote=int(remote),
        name=Text(ky, ru, en),
        adjective="" if town else ru,
    )


TERRITORIES = tuple(
    _read(region.code, line, town)
    for region in REGIONS
    for table, town in ((_DISTRICTS, False), (_TOWNS, True))
    for line in table.get(region.code, "").strip().splitlines()
)


def areas() -> list[Area]:
    """The tree, parents first; precincts abroad lie in the region `abroad` itself."""
    country = Text("Кыргыз Республикасы", "Кыргызская Республика", "Kyrgyz Republic")
    tree = [Area(COUNTRY, "", "country", "cec", country)]
    for region in REGIONS:
        commission = BISHKEK_COMMISSION if region.code == ABROAD else "cec"
        tree.append(Area(region.code, COUNTRY, "region", commission, region.name))
    tree.extend(
        Area(each.code, each.region, "territory", each.commission, each.area_name)
        for each in TERRITORIES
    )
    return tree


def commissions() -> list[Commission]:
    """The CEC and 54 TECs."""
    cec = Text(
        "Борбордук шайлоо комиссиясы",
        "Центральная избирательная комиссия",
        "Central Election Commission",
    )
    return [
        Commission("cec", "cec", "", cec, *contacts(0, "cec")),
        *(
            Commission(
                each.commission,
                "tec",
                "cec",
                each.commission_name,
                *contacts(number, each.commission),
            )
            for number, each in enumerate(TERRITORIES, start=1)
        ),
    ]


def contacts(number: int, name: str) -> tuple[str, str]:
    """Telephone and e-mail of nobody: no numbers begin with 000, no addresses end in "example"."""
    return f"+996 000 {number:06}", f"{name}@shailoo.example"
