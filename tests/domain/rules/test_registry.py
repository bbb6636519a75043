"""The registry as a whole, and the page made from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabulator.domain.rules import BY_CODE, RULES, catalogue, check, finding_as_dict, text
from tabulator.domain.rules.base import Finding, Rule, Scope, Severity
from tabulator.domain.rules.markdown import catalogue_markdown
from tabulator.domain.text import LANGUAGES
from tests.domain.rules.cases import case

PAGE = Path(__file__).parents[3] / "docs" / "checks.md"

EVERY_RULE = pytest.mark.parametrize("rule", RULES, ids=BY_CODE)


def test_every_check_of_the_domain_stands_once_in_the_order_of_its_code() -> None:
    assert [rule.code for rule in RULES] == [f"K{number:02}" for number in range(1, 31)]
    assert list(BY_CODE.values()) == list(RULES)


def test_severities_are_those_of_the_domain() -> None:
    warnings = {"K08", "K10", "K11", "K13", "K14", "K15", "K20", "K21", "K28", "K30"}
    for rule in RULES:
        expected = "warning" if rule.code in warnings else "error"
        assert rule.severity == ("notice" if rule.code == "K29" else expected), rule.code
    assert {rule.code: rule.milder for rule in RULES if rule.milder} == {"K19": Severity.WARNING}


@EVERY_RULE
def test_every_rule_says_what_is_wrong_in_all_languages_and_where_it_comes_from(rule: Rule) -> None:
    for lang in LANGUAGES:
        said = getattr(rule.says, lang)
        assert said == said.strip()
        assert said.endswith(".")
        assert "  " not in said
    assert rule.equation
    assert rule.source
    assert rule.scopes


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_two_rules_say_the_same(lang: str) -> None:
    assert len({rule.says.say(lang) for rule in RULES}) == len(RULES)


@EVERY_RULE
def test_what_silences_a_rule_is_judged_before_it(rule: Rule) -> None:
    assert all(code in BY_CODE and code < rule.code for code in rule.silenced_by)


def test_where_a_rule_has_no_function_it_does_not_look_at_a_protocol() -> None:
    elsewhere = {rule.code for rule in RULES if Scope.PROTOCOL not in rule.scopes}
    assert elsewhere == {"K18", "K21", "K22", "K23", "K24", "K25"}
    assert not any(list(BY_CODE[code].failures(case())) for code in elsewhere)


def test_the_page_of_checks_is_the_one_that_the_registry_makes() -> None:
    assert PAGE.read_text(encoding="utf-8") == catalogue_markdown()


def test_the_catalogue_is_plain_data() -> None:
    assert catalogue()[7] == {
        "code": "K08",
        "severity": "warning",
        "milder": None,
        "scopes": ["protocol"],
        "equation": "M + S = I",
        "texts": BY_CODE["K08"].says.as_dict(),
        "silenced_by": ["K07"],
        "source": "follows from what the lines mean",
    }


def test_a_finding_as_data_is_what_the_contract_states() -> None:
    (found,) = check(case(INV=4))
    assert finding_as_dict(found) == {
        "precinct": 1001,
        "contest": "president",
        "code": "K04",
        "severity": "error",
        "lines": ["I", "VAL", "INV", "U"],
        "equation": "I = VAL + INV + U: 333 ≠ 330 + 4 + 0 (= 334)",
        "texts": {lang: text(found, lang) for lang in LANGUAGES},
    }


def test_a_finding_on_an_area_names_it() -> None:
    found = Finding(None, "president", "K22", Severity.ERROR, ("V",), "V: 1 ≠ 2", area="chui")
    shown = finding_as_dict(found)
    assert (shown["precinct"], shown["area"]) == (None, "chui")


def test_findings_come_in_the_order_of_their_codes() -> None:
    found = [each.code for each in check(case(R=1, V=2, U=5, asan=7, bermet=None))]
    assert found == sorted(found)
    assert len(found) > 3
