"""The default sample, written once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabulator.sample import write_sample


@pytest.fixture(scope="session")
def default_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    write_sample(folder)
    return folder
