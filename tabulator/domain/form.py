"""The form of a protocol: data per election type and version. Rules name roles, never numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tabulator.domain.text import Text


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line.

    Attributes:
        role: The role of domain.md ("V", "R", …); the name of its column in files.
        number: Printed number, e.g. "5" or "4а".
        caption: Printed caption.
        summed: Whether it is added upward.
        required: Whether a blank is a fault (K01).
    """

    role: str
    number: str
    caption: Text
    summed: bool = True
    required: bool = True


@dataclass(frozen=True, slots=True)
class Block:
    """A receipt scanned with the protocol; every line of it is optional and never summed.

    Attributes:
        code: Prefix of its columns: "aeu" gives ``aeu_total``.
        per_option: Whether it also states a count per option (``aeu_<option>``).
    """

    code: str
    caption: Text
    lines: tuple[Line, ...]
    per_option: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """The lines of a protocol in printed order, options not included.

    Attributes:
        code: Type and version, e.g. "president/2017".
        blocks: Receipts that may come with it.
        preferences: Whether each list has an annex of preference votes.
        source: Where the lines are known from, with the tag of domain.md.
    """

    code: str
    title: Text
    lines: tuple[Line, ...]
    blocks: tuple[Block, ...] = ()
    preferences: bool = False
    source: str = ""

    @property
    def roles(self) -> tuple[str, ...]:
        return tuple(line.role for line in self.lines)

    @property
    def summed_roles(self) -> tuple[str, ...]:
        return tuple(line.role for line in self.lines if line.summed)

    def has(self, *roles: str) -> bool:
        """Whether the form has every one of these lines."""
        return set(roles) <= set(self.roles)

    def block(self, code: str) -> Block | None:
        return next((block for block in self.blocks if block.code == code), None)


def form_as_dict(form: Form) -> dict[str, Any]:
    """The form as plain JSON data: what is stored with each contest."""
    return {
        "code": form.code,
        "title": _text_as_dict(form.title),
        "lines": [_line_as_dict(line) for line in form.lines],
        "blocks": [
            {
                "code": block.code,
                "caption": _text_as_dict(block.caption),
                "lines": [_line_as_dict(line) for line in block.lines],
                "per_option": block.per_option,
            }
            for block in form.blocks
        ],
        "preferences": form.preferences,
        "source": form.source,
    }


def form_from_dict(data: Mapping[str, Any]) -> Form:
    """The inverse of `form_as_dict`."""
    return Form(
        code=data["code"],
        title=Text(**data["title"]),
        lines=tuple(_line_from_dict(line) for line in data["lines"]),
        blocks=tuple(
            Block(
                code=block["code"],
                caption=Text(**block["caption"]),
                lines=tuple(_line_from_dict(line) for line in block["lines"]),
                per_option=block["per_option"],
            )
            for block in data["blocks"]
        ),
        preferences=data["preferences"],
        source=data["source"],
    )


def _text_as_dict(text: Text) -> dict[str, str]:
    return {"ky": text.ky, "ru": text.ru, "en": text.en}


def _line_as_dict(line: Line) -> dict[str, Any]:
    return {
        "role": line.role,
        "number": line.number,
        "caption": _text_as_dict(line.caption),
        "summed": line.summed,
        "required": line.required,
    }


def _line_from_dict(data: Mapping[str, Any]) -> Line:
    return Line(
        data["role"], data["number"], Text(**data["caption"]), data["summed"], data["required"]
    )
