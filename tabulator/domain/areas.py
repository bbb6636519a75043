"""The tree that is tabulated, and the commissions that tabulate it: two different things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tabulator.domain.text import Text

AREA_KINDS = ("country", "region", "territory", "block")
COMMISSION_KINDS = ("cec", "tec", "dec")


@dataclass(frozen=True, slots=True)
class Commission:
    """A commission above the precinct: CEC, TEC or DEC. `parent` is "" at the top.

    Attributes:
        phone, email: How it is reached; "" = not known.
    """

    code: str
    kind: str
    parent: str
    name: Text
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A node of the tree. `parent` is "" at the root; `commission` is who tabulates it."""

    code: str
    parent: str
    kind: str
    commission: str
    name: Text


class Areas:
    """The tree, in the order of the package. The caller has checked that it is one tree.

    Iterating gives every area, parents before children.
    """

    def __init__(self, areas: Iterable[Area]) -> None:
        listed = {area.code: area for area in areas}
        self._children: dict[str, list[str]] = {code: [] for code in ("", *listed)}
        for area in listed.values():
            self._children[area.parent].append(area.code)
        (self.root,) = (listed[code] for code in self._children[""])
        self._areas = {code: listed[code] for code in self._preorder(self.root.code)}

    def _preorder(self, top: str) -> Iterator[str]:
        stack = [top]
        while stack:
            code = stack.pop()
            yield code
            stack.extend(reversed(self._children[code]))

    def __iter__(self) -> Iterator[Area]:
        return iter(self._areas.values())

    def __contains__(self, code: object) -> bool:
        return code in self._areas

    def __getitem__(self, code: str) -> Area:
        return self._areas[code]

    def __len__(self) -> int:
        return len(self._areas)

    def children(self, code: str) -> tuple[Area, ...]:
        return tuple(self._areas[child] for child in self._children[code])

    def above(self, code: str) -> tuple[str, ...]:
        """The codes from `code` itself up to the root."""
        path = []
        while code:
            path.append(code)
            code = self._areas[code].parent
        return tuple(path)

    def below(self, code: str) -> tuple[str, ...]:
        """The codes of the subtree, `code` first, parents before children."""
        return tuple(self._preorder(code))

    def tops_of(self, commission: str) -> tuple[Area, ...]:
        """The topmost areas that `commission` tabulates.

        Bishkek TEC has two, the city and abroad: two blocks with their own figures.
        """
        return tuple(
            area
            for area in self
            if area.commission == commission
            and all(self._areas[up].commission != commission for up in self.above(area.parent))
        )
