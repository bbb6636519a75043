"""Errors as RFC 9457 problem documents with a stable code; unknown ones tell nothing."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, jsonify, request
from werkzeug.exceptions import HTTPException

from tabulator import errors
from tabulator.api.problem_texts import INTERNAL, TEXTS
from tabulator.domain.text import LANGUAGES, Text
from tabulator.errors import Malformed, NeedsFirst, TabulatorError, TooMany
from tabulator.package.problems import problem_as_dict

PROBLEM_JSON = "application/problem+json"

STATUSES: dict[type[TabulatorError], HTTPStatus] = {
    errors.Unreadable: HTTPStatus.BAD_REQUEST,
    errors.Malformed: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.NotLoggedIn: HTTPStatus.UNAUTHORIZED,
    errors.NotAllowed: HTTPStatus.FORBIDDEN,
    errors.NotFound: HTTPStatus.NOT_FOUND,
    errors.Conflict: HTTPStatus.CONFLICT,
    errors.Stale: HTTPStatus.PRECONDITION_FAILED,
    errors.Unseen: HTTPStatus.PRECONDITION_REQUIRED,
    errors.TooMany: HTTPStatus.TOO_MANY_REQUESTS,
    errors.NotInOrder: HTTPStatus.SERVICE_UNAVAILABLE,
    TabulatorError: HTTPStatus.INTERNAL_SERVER_ERROR,
}
"""The nearest one counts: a subclass that is not here is answered as what it is a kind of."""

HTTP_CODES = {
    HTTPStatus.BAD_REQUEST: "bad-request",
    HTTPStatus.NOT_FOUND: "not-found",
    HTTPStatus.METHOD_NOT_ALLOWED: "method-not-allowed",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too-large",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "wrong-content-type",
}
"""What Flask refuses by itself."""


def register(app: Flask) -> None:
    """Answer every error of `app` as a problem document."""
    app.register_error_handler(TabulatorError, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unknown)


def status_of(kind: type[TabulatorError]) -> HTTPStatus:
    """Of the kind itself or of the nearest kind above it."""
    return next(STATUSES[above] for above in kind.__mro__ if above in STATUSES)


def _refused(error: TabulatorError) -> Response:
    status = status_of(type(error))
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        return _unknown(error)
    answer = problem(status, error.code, str(error), **_members(error))
    if status == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="tabulator"'
    if isinstance(error, TooMany):
        answer.headers["Retry-After"] = str(error.wait)
    return answer


def _members(error: TabulatorError) -> dict[str, Any]:
    if isinstance(error, Malformed):
        return {"problems": [problem_as_dict(one) for one in error.problems]}
    return {"open": list(error.open)} if isinstance(error, NeedsFirst) else {}


def _http(error: HTTPException) -> Response:
    status = HTTPStatus(error.code or 500)
    answer = problem(status, HTTP_CODES.get(status, _slug(error.name)), "")
    # What werkzeug wants said (Allow on 405, Location on redirects) is kept.
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            answer.headers[name] = value
    return answer


def _unknown(error: Exception) -> Response:
    # The caller learns nothing; who runs the service finds it in the log.
    current_app.logger.error("unexpected error", exc_info=error)
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, INTERNAL, "")


def problem(status: HTTPStatus, code: str, detail: str, **members: Any) -> Response:
    """A problem document; its title is in the language that the caller prefers."""
    says, lang = TEXTS.get(code, Text(en=status.phrase)), spoken()
    document = {
        "type": f"/api/v1/docs#error-{code}",
        "title": says.say(lang),
        "status": status.value,
        "code": code,
        **({"detail": detail} if detail else {}),
        "says": says.as_dict(),
        **members,
    }
    response = jsonify(document)
    response.status_code = status.value
    response.content_type = PROBLEM_JSON
    response.headers["Content-Language"] = lang
    response.vary.add("Accept-Language")
    return response


def spoken() -> str:
    """The language of Accept-Language; that of the settings where it names none of ours."""
    usual: str = current_app.config["TABULATOR_LANG"]
    # Best first. werkzeug's own choice would take "en" over "ru-RU" that stands before it.
    for tag, quality in request.accept_languages:
        lang = tag.lower().partition("-")[0]
        if quality > 0 and lang in (*LANGUAGES, "*"):
            return usual if lang == "*" else lang
    return usual


def _slug(name: str) -> str:
    return re.sub(r"[^a-z]+", "-", name.lower())
