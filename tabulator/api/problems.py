"""Errors as RFC 9457 problem documents with a stable code; unknown ones tell nothing."""

from __future__ import annotations

from http import HTTPStatus

from flask import Flask, Response, current_app, jsonify
from werkzeug.exceptions import HTTPException

from tabulator.errors import (
    Conflict,
    Malformed,
    NotAllowed,
    NotFound,
    NotInOrder,
    TabulatorError,
)

STATUSES: dict[type[TabulatorError], HTTPStatus] = {
    NotFound: HTTPStatus.NOT_FOUND,
    NotAllowed: HTTPStatus.FORBIDDEN,
    Conflict: HTTPStatus.CONFLICT,
    Malformed: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotInOrder: HTTPStatus.SERVICE_UNAVAILABLE,
}


def register(app: Flask) -> None:
    """Answer every error of `app` as a problem document."""
    app.register_error_handler(TabulatorError, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unknown)


def _refused(error: TabulatorError) -> Response:
    kind = next((kind for kind in STATUSES if isinstance(error, kind)), None)
    if kind is None:
        return _unknown(error)
    return problem(STATUSES[kind], error.code, str(error))


def _http(error: HTTPException) -> Response:
    # What werkzeug wants said (Allow on 405, Location on redirects) is kept.
    answer = problem(HTTPStatus(error.code or 500), _slug(error.name), "")
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            answer.headers[name] = value
    return answer


def _unknown(error: Exception) -> Response:
    # The caller learns nothing; who runs the service finds it in the log.
    current_app.logger.error("unexpected error", exc_info=error)
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "internal", "")


def problem(status: HTTPStatus, code: str, detail: str) -> Response:
    document = {"type": f"about:blank#{code}", "title": status.phrase, "status": status.value}
    document["code"] = code
    if detail:
        document["detail"] = detail
    response = jsonify(document)
    response.status_code = status.value
    response.content_type = "application/problem+json"
    return response


def _slug(name: str) -> str:
    return name.lower().replace(" ", "-")
