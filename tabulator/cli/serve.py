"""The command that serves."""

from __future__ import annotations

import json
import socket
from typing import Any

import click
from gunicorn import util
from gunicorn.app.base import BaseApplication

from tabulator.api.problem_texts import TEXTS
from tabulator.app import create_app
from tabulator.cli import surroundings as here


class _Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with our application and settings, without its own command line."""

    def __init__(self, **chosen: Any) -> None:
        self.chosen = chosen
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return create_app(here.settings())


def _refuse(client: socket.socket, status: int, reason: str, _: str) -> None:
    """What never reached the application (a request line without end) is refused as it refuses."""
    said = {
        "type": "/api/v1/docs#error-bad-request",
        "title": TEXTS["bad-request"].ky,
        "status": status,
        "code": "bad-request",
        "says": TEXTS["bad-request"].as_dict(),
    }
    body = json.dumps(said, ensure_ascii=False).encode()
    head = (
        f"HTTP/1.1 {status} {reason}\r\nConnection: close\r\nCache-Control: no-store\r\n"
        "Content-Type: application/problem+json\r\nX-Content-Type-Options: nosniff\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    util.write_nonblock(client, head.encode("latin-1") + body)


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
def serve(host: str, port: int, workers: int) -> None:
    """Serve the API and the health pages until stopped."""
    here.engine().dispose()
    util.write_error = _refuse  # gunicorn has no setting for its pages of HTML
    here.note(f"serving on http://{host}:{port}/")
    _Server(
        bind=f"{host}:{port}",
        workers=workers,
        worker_class="gthread",
        threads=8,
        accesslog=None,
        loglevel="warning",
        proc_name="tabulator",
    ).run()
