"""A key belongs to one request: what was approved of one version is not answered for another."""

from __future__ import annotations

from flask import Flask

from tabulator.api.writes import fingerprint


def test_another_version_seen_is_another_request(app: Flask) -> None:
    def asked(seen: str) -> str:
        with app.test_request_context("/", method="POST", headers={"If-Match": seen}) as context:
            return fingerprint(context.request)

    assert asked('"v1"') == asked('"v1"')
    assert asked('"v1"') != asked('"v2"')
