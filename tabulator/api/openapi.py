"""The specification, built from the routes and their schemas, and the page made of it."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import flask_smorest
from flask import Flask, Response, current_app, jsonify, make_response, render_template

from tabulator.api.blueprint import Blueprint
from tabulator.api.errors_markdown import listed
from tabulator.api.fresh import tagged
from tabulator.api.problems import PROBLEM_JSON
from tabulator.api.schemas import ProblemSchema
from tabulator.config import templates_folder
from tabulator.guard import public

DESCRIPTION = """\
From the protocols of precinct election commissions to the national result. Results are public.
Errors are problem documents (RFC 9457) with a stable code.

Logging in: POST /api/v1/session with name and password (the first time: the start code) gives a
cookie, `csrf` and `level`. At `first-password` choose one (…/session/password); at `second-step`
send a code (…/session/second-step), or set an authenticator up first where `second_step` is false
(…/second-step/setup: without a code for the secret, then with its first code). At `full` every
route of the role is open. Each of these answers brings a new cookie and a new `csrf`.

A write with the cookie carries `csrf` in the header X-CSRF-Token; a machine has a token of its
own (POST /api/v1/tokens) and sends Authorization: Bearer. A repeated write with the same
Idempotency-Key is done once. Where If-Match is required it is the ETag of the protocol or the
sitting as it was seen last. Lists come in pages: `next` is the `cursor` of the page that follows.

A protocol: the precinct sends it (POST …/protocols: JSON, or multipart with a part `protocol` and
parts `files`), an operator enters it blindly (…/queue/next, …/enter), a third person settles what
differs, warnings are explained and errors decided, a verifier accepts; the first copy is taken by
act and compared. A commission: its sitting is opened, complaints are considered, the result is
signed and printed; the CEC receives and approves it, and signs the national one."""
SECURITY = {
    "token": {"type": "http", "scheme": "bearer"},
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "tabulator_session",
        "description": "Writes carry X-CSRF-Token as well: `csrf` of GET /api/v1/session.",
    },
}

routes = Blueprint("documentation", __name__, description="This specification.")


class Api(flask_smorest.Api):  # type: ignore[misc]
    """flask-smorest's, without its error handlers and its pages: ours stand."""

    def __init__(self, app: Flask) -> None:
        app.config["OPENAPI_VERSION"] = "3.1.0"
        app.config["API_TITLE"] = "Tabulator"
        app.config["API_VERSION"] = "v1"
        super().__init__(app, spec_kwargs={"info": {"description": DESCRIPTION}})
        for name, scheme in SECURITY.items():
            self.spec.components.security_scheme(name, scheme)
        app.extensions["specification"] = {}

    def _register_error_handlers(self) -> None:
        """api/problems.py has them; flask-smorest's would lose Allow on 405."""

    def _register_doc_blueprint(self) -> None:
        """The routes of this file stand in its place."""

    def _register_responses(self) -> None:
        for status in HTTPStatus:
            response: dict[str, Any] = {"description": status.phrase}
            if status >= HTTPStatus.BAD_REQUEST:
                response["content"] = {PROBLEM_JSON: {"schema": ProblemSchema}}
            self.spec.components.response(status.name, response, lazy=True)


def specification() -> dict[str, Any]:
    """The whole of it, made once for an application."""
    kept: dict[str, Any] = current_app.extensions["specification"]
    if not kept:
        (api,) = current_app.extensions["flask-smorest"]["apis"].values()
        kept.update(api["ext_obj"].spec.to_dict())
    return kept


@routes.route("/api/v1/openapi.json")
@public
@routes.tagged({"type": "object"}, description="OpenAPI 3.1")
def openapi() -> Response:
    """This specification."""
    return tagged(jsonify(specification()))


@routes.route("/api/v1/docs")
@public
@routes.tagged({"type": "string"}, content_type="text/html", description="A page to read")
def docs() -> Response:
    """This specification as a page."""
    whole = specification()
    page = render_template(
        "api/docs.html",
        info=whole["info"],
        openapi=whole["openapi"],
        tags=whole["tags"],
        operations=list(_operations(whole)),
        schemas=whole["components"]["schemas"],
        errors=list(listed()),
    )
    return tagged(make_response(page))


@routes.route("/api/v1/docs.css")
@public
@routes.tagged({"type": "string"}, content_type="text/css", description="How the page looks")
def style() -> Response:
    """The style sheet of the page."""
    response = make_response((templates_folder() / "api" / "docs.css").read_text())
    response.content_type = "text/css; charset=utf-8"
    return tagged(response)


def _operations(whole: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """As the page shows them, references to answers resolved."""
    responses = whole["components"]["responses"]
    for path, item in whole["paths"].items():
        for method, operation in item.items():
            if method == "parameters":
                continue
            answers = {
                status: responses[answer["$ref"].rpartition("/")[2]] if "$ref" in answer else answer
                for status, answer in operation["responses"].items()
            }
            yield {
                "id": operation["operationId"],
                "tag": operation["tags"][0],
                "method": method.upper(),
                "path": path,
                "summary": operation.get("summary", ""),
                "description": operation.get("description", ""),
                "for": operation.get("x-for", ""),
                "parameters": item.get("parameters", []) + operation.get("parameters", []),
                "body": operation.get("requestBody", {}).get("content", {}),
                "answers": sorted(answers.items()),
            }
