"""A small package in order, written into a folder; a test changes one thing in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabulator.domain.protocol import Protocol
from tabulator.domain.register import ElectionPackage
from tabulator.errors import Malformed, Problem
from tabulator.package import MESSAGES, read_package, read_protocols, say

FILES = {
    "election.toml": """\
id = "sample"
kind = "jk-list"
date = 2021-11-28
title = { ky = "Шайлоо", ru = "Выборы", en = "Election" }

[[contests]]
id = "lists"
form = "jk-list/2021"
seats = 54
max_marks = 1
open_abroad = true

[[contests]]
id = "chui"
form = "small/1"
seats = 1
max_marks = 1
open_abroad = false
area = "chui"
threshold = "7"
regional_threshold = 0.5
title = { ru = "Чуйский округ" }
""",
    "areas.csv": """\
code,parent,kind,commission,name_ky,name_ru,name_en
kg,,country,cec,Кыргыз Республикасы,Кыргызская Республика,Kyrgyz Republic
chui,kg,region,tec-chui,Чүй облусу,,
kemin,chui,territory,tec-chui,,Кеминский район,
bishkek,kg,region,tec-bishkek,,,Bishkek
abroad,kg,block,tec-bishkek,Чет өлкө,За рубежом,Abroad
""",
    "commissions.csv": """\
code,kind,parent,name_ky,name_ru,name_en
cec,cec,,БШК,ЦИК,CEC
tec-chui,tec,cec,,Чуйская ТИК,
tec-bishkek,tec,cec,,Бишкекская ТИК,
""",
    "precincts.csv": """\
number,area,timezone,abroad,country,place_ky,place_ru,place_en,address,voters,voters_men,voters_women,aeu
1001,bishkek,Asia/Bishkek,no,KG,Мектеп,Школа,School,"Чүй проспекти, 1",2400,1100,1300,yes
7001,kemin,Asia/Bishkek,no,KG,,,,,,,,
9001,abroad,Europe/Moscow,yes,RU,,Посольство,,,500,,,no
""",
    "options.csv": """\
contest,position,code,kind,name_ky,name_ru,name_en,sex,list
lists,1,alpha,list,Альфа,Альфа,Alpha,,
lists,2,beta,list,Бета,Бета,Beta,,
lists,3,against_all,against_all,Баарына каршы,Против всех,Against all,,
lists,2,alpha-2,candidate,,Алиева,,f,alpha
lists,1,alpha-1,candidate,,Асанов,,m,alpha
lists,1,beta-1,candidate,,Бермет,,f,beta
chui,1,yes,answer,Ооба,Да,Yes,,
chui,2,no,answer,Жок,Нет,No,,
""",
    "forms.toml": """\
[[forms]]
code = "small/1"
title = { ky = "Протокол", ru = "Протокол", en = "Protocol" }

[[forms.lines]]
role = "V"
number = 1
caption = { ru = "Избиратели" }

[[forms.lines]]
role = "X_1"
number = "2а"
caption_ky = "Бюллетендер"
summed = false
required = false

[[forms.blocks]]
code = "aeu"
caption = { ky = "Чек" }
per_option = true
lines = [{ role = "total", number = 1, caption = { ky = "Баары" } }]
""",
}

Where = tuple[str, int, str, str]


class Folder:
    """A package on disk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, content: str | bytes) -> None:
        data = content.encode() if isinstance(content, str) else content
        (self.path / name).write_bytes(data)

    def change(self, name: str, old: str, new: str) -> None:
        """Replace `old`, which must be there, once."""
        text = (self.path / name).read_text()
        assert old in text
        self.write(name, text.replace(old, new, 1))

    def read(self) -> ElectionPackage:
        return read_package(self.path)

    def problems(self) -> tuple[Problem, ...]:
        """The problems of the package; the test fails where there is none."""
        with pytest.raises(Malformed) as refused:
            self.read()
        return sayable(refused.value.problems)

    def problems_if_any(self) -> tuple[Problem, ...]:
        try:
            self.read()
        except Malformed as refused:
            return sayable(refused.problems)
        return ()

    def wrong(self) -> list[Where]:
        return [where(problem) for problem in self.problems()]

    def read_protocols(self, content: str | bytes) -> list[Protocol]:
        self.write("protocols.csv", content)
        package = self.read()
        return read_protocols(self.path / "protocols.csv", package.election, package.precincts)

    def try_protocols(self, content: str | bytes) -> None:
        try:
            self.read_protocols(content)
        except Malformed as refused:
            sayable(refused.problems)

    def protocol_problems(self, content: str | bytes) -> tuple[Problem, ...]:
        with pytest.raises(Malformed) as refused:
            self.read_protocols(content)
        return sayable(refused.value.problems)


def where(problem: Problem) -> Where:
    return problem.file, problem.row, problem.column, problem.code


def sayable(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The same problems, having seen that each has a message that can be filled."""
    for problem in problems:
        assert problem.code in MESSAGES
        assert all(say(problem, lang) for lang in ("ky", "ru", "en"))
    return problems
