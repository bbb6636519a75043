"""The catalogue of checks as the page docs/checks.md, which says how to make it again."""

from __future__ import annotations

from typing import Any

from tabulator.domain.rules.registry import catalogue

_HEAD = """\
# Checks

Made from the registry of rules by `python -m tabulator.domain.rules.markdown > docs/checks.md`;
do not edit by hand.

*Error* blocks acceptance until it is corrected or until the commission records a decision with a
reason; *warning* asks for an explanation; *notice* informs. Every count is a whole number and
every comparison is exact. A line left blank is not zero: it is a finding of K01, and every other
check that needs the line says nothing. A check whose lines are not on the form does not apply.

In the equations, capitals are lines of the form, `votes` all choices of the ballot, small letters
what is stated beside the form (`aeu_…`: receipt of the ballot-reading urn, `ident_…`: receipt of
voter identification, `list_…`: voter list, `words_…`: figure in words, `sent_…`: figure sent ahead
by e-mail or fax). A term with `?` drops out where the form has no such line. After `;` stands
another condition that must hold as well; after `|` one that stands in where the form lacks a line,
or the fact was not stated, that the one before needs.

| code | severity | looks at | equation |
|---|---|---|---|
"""


def catalogue_markdown() -> str:
    """The page: one table of all checks, then each with its sentence in the three languages."""
    rules = catalogue()
    return _HEAD + "".join(map(_row, rules)) + "".join(map(_section, rules))


def _row(rule: dict[str, Any]) -> str:
    code, equation = rule["code"], rule["equation"].replace("|", "\\|")
    scopes = ", ".join(rule["scopes"])
    return f"| [{code}](#{code.lower()}) | {_severity(rule)} | {scopes} | `{equation}` |\n"


def _severity(rule: dict[str, Any]) -> str:
    return " / ".join(filter(None, (rule["severity"], rule["milder"])))


def _section(rule: dict[str, Any]) -> str:
    silent = f"* silent after: {', '.join(rule['silenced_by'])}\n" if rule["silenced_by"] else ""
    texts = "".join(f"* {lang}: {says}\n" for lang, says in rule["texts"].items())
    return f"\n## {rule['code']}\n\n{texts}{silent}* source: {rule['source']}\n"


if __name__ == "__main__":
    print(catalogue_markdown(), end="")
