"""The version of a thing that its caller saw: ETag out, If-Match in.

@routes.route("/protocols/<int:number>/accept", methods=["POST"])
@only(Role.TERRITORIAL_CHAIR)
@routes.approves                     # documents If-Match, 412 and 428
@routes.response(200, ProtocolSchema)
def accept(number: int) -> Response:
    seen = seen_version(request)
"""

from __future__ import annotations

import re

from flask import Request

from tabulator.errors import Stale, Unseen

_TAG = re.compile(r'"v(0|[1-9][0-9]{0,8})"', re.ASCII)


def tag(version: int) -> str:
    """The ETag of a version, quotes included."""
    return f'"v{version}"'


def seen_version(request: Request) -> int:
    """The version named by If-Match.

    Raises:
        Unseen: There is none, or one that matches anything.
        Stale: It is no tag that this service gives.
    """
    named = request.headers.get("If-Match", "").strip()
    if named in ("", "*"):
        raise Unseen("If-Match must name the version that was seen")
    match = _TAG.fullmatch(named)
    if match is None:
        raise Stale("If-Match names no version of this")
    return int(match[1])
