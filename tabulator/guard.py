"""Who may call a route. The application refuses to start while one route does not say."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import Flask

from tabulator.errors import Misconfigured

Route = TypeVar("Route", bound=Callable[..., object])

_MARK = "tabulator_guard"


def public(route: Route) -> Route:
    """Mark a route that anybody may call."""
    setattr(route, _MARK, "public")
    return route


def refuse_unguarded(app: Flask) -> None:
    """Misconfigured if any route has no mark; Flask's own static route is switched off."""
    unmarked = sorted(
        rule.rule
        for rule in app.url_map.iter_rules()
        if not hasattr(app.view_functions[rule.endpoint], _MARK)
    )
    if unmarked:
        raise Misconfigured(f"routes that do not say who may call them: {', '.join(unmarked)}")
