#!/bin/sh
# The sample election in var/demo: written, loaded, counted and printed once; then shown and served.
# Usage: sh scripts/demo.sh [no]   (no: everything but the web service)
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."
sh scripts/setup.sh demo

unset TABULATOR_DATABASE_URL # the demo keeps its own embedded database
export TABULATOR_HOME=var/demo
PATH=$PWD/.venv/bin:$PATH

count_and_print() {
    # What an interrupted run left behind is thrown away.
    rm -rf "$TABULATOR_HOME"
    tabulator db upgrade
    tabulator sample "$TABULATOR_HOME/sample"
    tabulator election load "$TABULATOR_HOME/sample" --as demo
    for file in "$TABULATOR_HOME"/sample/protocols*.csv; do
        tabulator protocols import "$file" --election sample --accept-clean --as demo
    done >"$TABULATOR_HOME/findings.txt"
    tabulator documents --election sample --out "$TABULATOR_HOME/documents"
    touch "$TABULATOR_HOME/complete"
}

contests() {
    sed -n '/^\[\[contests\]\]/,/^id/s/^id = "\(.*\)"/\1/p' "$TABULATOR_HOME/sample/election.toml"
}

if [ -e "$TABULATOR_HOME/complete" ]; then
    echo "The sample election is counted already; to begin afresh, remove $TABULATOR_HOME."
    tabulator db upgrade
else
    count_and_print
fi
for contest in $(contests); do
    echo
    tabulator results --election sample --contest "$contest"
done
echo
tabulator audit verify
cat <<END

Findings     $(wc -l <"$TABULATOR_HOME/findings.txt") in $TABULATOR_HOME/findings.txt
Documents    $(find "$TABULATOR_HOME/documents" -name '*.pdf' | wc -l) PDFs in $TABULATOR_HOME/documents
Try others   TABULATOR_HOME=$TABULATOR_HOME .venv/bin/tabulator --help
END
[ "${1-}" = no ] || exec tabulator serve
