"""Routes that document themselves: what they take, what they answer, how they refuse.

    routes = Blueprint("sittings", __name__, description="…")

    @routes.route("/api/v1/…", methods=["POST"])
    @only(Role.TERRITORIAL_CHAIR)              # first: who may, before anything is read
    @routes.approves                           # If-Match is required
    @routes.arguments(BodySchema)              # JSON, strictly; location="query" for a query
    @routes.response(201, ThingSchema)
    def sign(body: dict[str, Any], number: int) -> Response: ...

Refusals that follow from this are documented without being named: 401 and 403 where a login is
needed, 404 under a path with a name in it, 400, 413, 415 and 422 with a body, 409 and the
Idempotency-Key on writes, 412 and 428 with `approves`.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

import flask_smorest
from marshmallow import Schema

from tabulator.api.problems import PROBLEM_JSON
from tabulator.api.schemas import ProblemSchema
from tabulator.api.strict import StrictParser

Route = TypeVar("Route", bound=Callable[..., Any])

Described = type[Schema] | dict[str, Any] | None
"""What an answer holds: a schema; for what is no JSON, a piece of OpenAPI."""

WRITES = frozenset({"post", "put", "patch", "delete"})
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 128, "pattern": "^[!-~]+$"},
    "description": "A repeated write with the same key is answered as before and done once",
}
_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "schema": {"type": "string", "pattern": '^"v[0-9]+"$'},
    "description": "ETag of the version that was seen",
}
_TAG = {"ETag": {"schema": {"type": "string"}, "description": "for If-None-Match"}}


class Blueprint(flask_smorest.Blueprint):  # type: ignore[misc]
    """flask-smorest's, typed, with the strict parser and the refusals documented."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, name: str, import_name: str, **options: Any) -> None:
        super().__init__(name, import_name, **options)
        self._prepare_doc_cbks.append(self._document_refusals)

    def route(self, rule: str, **options: Any) -> Callable[[Route], Route]:
        """At this address."""
        given: Callable[[Route], Route] = super().route(rule, **options)
        return given

    def _store_endpoint_docs(self, endpoint: str, obj: Any, *given: Any, **options: Any) -> None:
        """With its own id, and with who may call it, which the guard wrote on the function."""
        super()._store_endpoint_docs(endpoint, obj, *given, **options)
        for doc in self._docs[endpoint].values():
            if isinstance(doc, dict):
                doc["id"] = f"{self.name}.{endpoint}"
                doc["guard"] = getattr(obj, "tabulator_guard", None)

    def arguments(self, schema: Any, **options: Any) -> Callable[[Route], Route]:
        """Hands what was sent to the route as its first argument."""
        given: Callable[[Route], Route] = super().arguments(schema, **options)
        return given

    def tagged(self, schema: Described = None, **options: Any) -> Callable[[Route], Route]:
        """What the route answers with an ETag (`fresh.tagged`), or that nothing has changed."""

        def decorate(function: Route) -> Route:
            unchanged = self.alt_response(304, description="As sent before with this ETag")
            return self.response(200, schema, headers=_TAG, **options)(unchanged(function))

        return decorate

    def response(
        self, status_code: int, schema: Described = None, **options: Any
    ) -> Callable[[Route], Route]:
        """What the route answers; a Response is sent as it is."""
        given: Callable[[Route], Route] = super().response(status_code, schema, **options)
        return given

    def alt_response(self, status_code: int, **options: Any) -> Callable[[Route], Route]:
        """What it may answer too; refusals are problem documents."""
        if status_code >= HTTPStatus.BAD_REQUEST:
            options = {"schema": ProblemSchema, "content_type": PROBLEM_JSON, **options}
        given: Callable[[Route], Route] = super().alt_response(status_code, **options)
        return given

    def doc(self, **options: Any) -> Callable[[Route], Route]:
        """What only words can tell."""
        given: Callable[[Route], Route] = super().doc(**options)
        return given

    @staticmethod
    def approves(function: Route) -> Route:
        """Documents that If-Match has to name the version seen; `seen_version` reads it."""
        doc: dict[str, Any] = getattr(function, "_apidoc", {})
        function._apidoc = {**doc, "approves": True}  # type: ignore[attr-defined]
        return function

    @staticmethod
    def _document_refusals(
        doc: dict[str, Any], info: dict[str, Any], *, method: str, **_: Any
    ) -> dict[str, Any]:
        doc["operationId"] = info["id"]
        parameters = doc.setdefault("parameters", [])
        refusals = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.INTERNAL_SERVER_ERROR}
        if info["guard"] != "public":
            refusals |= {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
            doc["security"] = [{"token": []}, {"session": []}]
            doc["x-for"] = info["guard"]
            if method in WRITES:
                parameters.append(_KEY)
                refusals |= {HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY}
        if info.get("approves"):
            parameters.append(_MATCH)
            refusals |= {HTTPStatus.PRECONDITION_FAILED, HTTPStatus.PRECONDITION_REQUIRED}
        if "requestBody" in {**doc, **info.get("manual_doc", {})}:
            refusals |= {
                HTTPStatus.BAD_REQUEST,
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            }
        refusals.add(HTTPStatus.NOT_FOUND)  # a zero byte anywhere, and names in the path
        responses = doc.setdefault("responses", {})
        responses.pop("default", None)  # it would document every status there is
        for status in sorted(refusals):
            responses.setdefault(status.value, status.name)
        return doc
