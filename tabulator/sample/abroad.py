"""Precincts abroad: 34 countries, their cities, and each city's own time zone."""

from __future__ import annotations

from dataclasses import dataclass

from tabulator.domain.text import Text


@dataclass(frozen=True, slots=True)
class City:
    """A city with polling precincts; `precincts` is how many when there are 100 abroad."""

    country: str
    timezone: str
    precincts: int
    name: Text

    @property
    def place(self) -> Text:
        land = COUNTRIES[self.country]
        return Text(
            f"{self.name.ky}, {land.ky}", f"{self.name.ru}, {land.ru}", f"{self.name.en}, {land.en}"
        )


COUNTRIES = {
    "RU": Text("Россия", "Россия", "Russia"),
    "KZ": Text("Казакстан", "Казахстан", "Kazakhstan"),
    "TR": Text("Түркия", "Турция", "Türkiye"),
    "KR": Text("Түштүк Корея", "Южная Корея", "South Korea"),
    "US": Text("АКШ", "США", "USA"),
    "DE": Text("Германия", "Германия", "Germany"),
    "AE": Text("БАЭ", "ОАЭ", "UAE"),
    "UZ": Text("Өзбекстан", "Узбекистан", "Uzbekistan"),
    "TJ": Text("Тажикстан", "Таджикистан", "Tajikistan"),
    "TM": Text("Түркмөнстан", "Туркменистан", "Turkmenistan"),
    "AZ": Text("Азербайжан", "Азербайджан", "Azerbaijan"),
    "GE": Text("Грузия", "Грузия", "Georgia"),
    "BY": Text("Беларусь", "Беларусь", "Belarus"),
    "UA": Text("Украина", "Украина", "Ukraine"),
    "CN": Text("Кытай", "Китай", "China"),
    "JP": Text("Япония", "Япония", "Japan"),
    "IN": Text("Индия", "Индия", "India"),
    "PK": Text("Пакистан", "Пакистан", "Pakistan"),
    "IR": Text("Иран", "Иран", "Iran"),
    "SA": Text("Сауд Арабиясы", "Саудовская Аравия", "Saudi Arabia"),
    "KW": Text("Кувейт", "Кувейт", "Kuwait"),
    "QA": Text("Катар", "Катар", "Qatar"),
    "EG": Text("Египет", "Египет", "Egypt"),
    "GB": Text("Улуу Британия", "Великобритания", "United Kingdom"),
    "FR": Text("Франция", "Франция", "France"),
    "IT": Text("Италия", "Италия", "Italy"),
    "PL": Text("Польша", "Польша", "Poland"),
    "AT": Text("Австрия", "Австрия", "Austria"),
    "CH": Text("Швейцария", "Швейцария", "Switzerland"),
    "BE": Text("Бельгия", "Бельгия", "Belgium"),
    "CZ": Text("Чехия", "Чехия", "Czechia"),
    "CA": Text("Канада", "Канада", "Canada"),
    "MY": Text("Малайзия", "Малайзия", "Malaysia"),
    "MN": Text("Монголия", "Монголия", "Mongolia"),
}

# country | zone | precincts | ky | ru, where it differs | en
_CITIES = """
RU | Europe/Moscow | 6 | Москва | | Moscow
RU | Europe/Moscow | 2 | Санкт-Петербург | | Saint Petersburg
RU | Europe/Moscow | 1 | Казань | | Kazan
RU | Europe/Moscow | 1 | Нижний Новгород | | Nizhny Novgorod
RU | Europe/Moscow | 1 | Ростов-на-Дону | | Rostov-on-Don
RU | Europe/Moscow | 1 | Сочи | | Sochi
RU | Europe/Kaliningrad | 1 | Калининград | | Kaliningrad
RU | Europe/Samara | 1 | Самара | | Samara
RU | Europe/Saratov | 1 | Саратов | | Saratov
RU | Europe/Volgograd | 1 | Волгоград | | Volgograd
RU | Asia/Yekaterinburg | 2 | Екатеринбург | | Yekaterinburg
RU | Asia/Yekaterinburg | 1 | Челябинск | | Chelyabinsk
RU | Asia/Yekaterinburg | 1 | Пермь | | Perm
RU | Asia/Yekaterinburg | 1 | Оренбург | | Orenburg
RU | Asia/Yekaterinburg | 1 | Тюмень | | Tyumen
RU | Asia/Yekaterinburg | 1 | Сургут | | Surgut
RU | Asia/Omsk | 1 | Омск | | Omsk
RU | Asia/Novosibirsk | 2 | Новосибирск | | Novosibirsk
RU | Asia/Barnaul | 1 | Барнаул | | Barnaul
RU | Asia/Tomsk | 1 | Томск | | Tomsk
RU | Asia/Novokuznetsk | 1 | Кемерово | | Kemerovo
RU | Asia/Krasnoyarsk | 2 | Красноярск | | Krasnoyarsk
RU | Asia/Irkutsk | 1 | Иркутск | | Irkutsk
RU | Asia/Chita | 1 | Чита | | Chita
RU | Asia/Yakutsk | 1 | Якутск | | Yakutsk
RU | Asia/Vladivostok | 1 | Владивосток | | Vladivostok
RU | Asia/Vladivostok | 1 | Хабаровск | | Khabarovsk
RU | Asia/Magadan | 1 | Магадан | | Magadan
RU | Asia/Sakhalin | 1 | Южно-Сахалинск | | Yuzhno-Sakhalinsk
RU | Asia/Kamchatka | 1 | Петропавловск-Камчатский | | Petropavlovsk-Kamchatsky
KZ | Asia/Almaty | 1 | Астана | | Astana
KZ | Asia/Almaty | 3 | Алматы | | Almaty
KZ | Asia/Almaty | 1 | Шымкент | | Shymkent
KZ | Asia/Aqtau | 1 | Актау | | Aktau
KZ | Asia/Aqtobe | 1 | Актөбө | Актобе | Aktobe
TR | Europe/Istanbul | 1 | Анкара | | Ankara
TR | Europe/Istanbul | 3 | Стамбул | | Istanbul
TR | Europe/Istanbul | 1 | Анталия | Анталья | Antalya
TR | Europe/Istanbul | 1 | Измир | | Izmir
KR | Asia/Seoul | 2 | Сеул | | Seoul
KR | Asia/Seoul | 1 | Пусан | | Busan
US | America/New_York | 1 | Вашингтон | | Washington
US | America/New_York | 2 | Нью-Йорк | | New York
US | America/Chicago | 2 | Чикаго | | Chicago
US | America/Los_Angeles | 1 | Сан-Франциско | | San Francisco
US | America/Los_Angeles | 1 | Сиэтл | | Seattle
DE | Europe/Berlin | 1 | Берлин | | Berlin
DE | Europe/Berlin | 1 | Франкфурт | | Frankfurt
DE | Europe/Berlin | 1 | Мюнхен | | Munich
AE | Asia/Dubai | 1 | Абу-Даби | | Abu Dhabi
AE | Asia/Dubai | 2 | Дубай | | Dubai
UZ | Asia/Tashkent | 1 | Ташкент | | Tashkent
TJ | Asia/Dushanbe | 1 | Душанбе | | Dushanbe
TM | Asia/Ashgabat | 1 | Ашхабад | | Ashgabat
AZ | Asia/Baku | 1 | Баку | | Baku
GE | Asia/Tbilisi | 1 | Тбилиси | | Tbilisi
BY | Europe/Minsk | 1 | Минск | | Minsk
UA | Europe/Kyiv | 1 | Киев | | Kyiv
CN | Asia/Shanghai | 1 | Бээжин | Пекин | Beijing
CN | Asia/Shanghai | 1 | Гуанчжоу | | Guangzhou
CN | Asia/Urumqi | 1 | Үрүмчү | Урумчи | Urumqi
JP | Asia/Tokyo | 1 | Токио | | Tokyo
IN | Asia/Kolkata | 1 | Нью-Дели | | New Delhi
PK | Asia/Karachi | 1 | Исламабад | | Islamabad
IR | Asia/Tehran | 1 | Тегеран | | Tehran
SA | Asia/Riyadh | 1 | Эр-Рияд | | Riyadh
SA | Asia/Riyadh | 1 | Жидда | Джидда | Jeddah
KW | Asia/Kuwait | 1 | Эль-Кувейт | | Kuwait City
QA | Asia/Qatar | 1 | Доха | | Doha
EG | Africa/Cairo | 1 | Каир | | Cairo
GB | Europe/London | 1 | Лондон | | London
GB | Europe/London | 1 | Манчестер | | Manchester
FR | Europe/Paris | 1 | Париж | | Paris
IT | Europe/Rome | 1 | Рим | | Rome
IT | Europe/Rome | 1 | Милан | | Milan
PL | Europe/Warsaw | 1 | Варшава | | Warsaw
AT | Europe/Vienna | 1 | Вена | | Vienna
CH | Europe/Zurich | 1 | Женева | | Geneva
BE | Europe/Brussels | 1 | Брюссель | | Brussels
CZ | Europe/Prague | 1 | Прага | | Prague
CA | America/Toronto | 1 | Торонто | | Toronto
MY | Asia/Kuala_Lumpur | 1 | Куала-Лумпур | | Kuala Lumpur
MN | Asia/Ulaanbaatar | 1 | Улан-Батор | | Ulaanbaatar
"""


def _read(line: str) -> City:
    country, timezone, precincts, ky, ru, en = (cell.strip() for cell in line.split("|"))
    return City(country, timezone, int(precincts), Text(ky, ru or ky, en))


CITIES = tuple(_read(line) for line in _CITIES.strip().splitlines())
