#!/bin/sh
# Style, types and all tests; every check runs even when an earlier one complains, pytest last.
# Usage: sh scripts/test.sh [pytest arguments]
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."
sh scripts/setup.sh test

status=0
complaints=
check() {
    .venv/bin/python -m "$@" || {
        status=$?
        complaints="$complaints '$*'"
    }
}

check ruff check .
check ruff format --check .
check mypy
check pytest -n 2 "$@"
[ "$status" = 0 ] || echo "Not in order:$complaints" >&2
exit "$status"
