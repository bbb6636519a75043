"""The command that serves."""

from __future__ import annotations

from typing import Any

import click
from gunicorn.app.base import BaseApplication

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


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
def serve(host: str, port: int, workers: int) -> None:
    """Serve the API and the health pages until stopped."""
    here.engine().dispose()
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
