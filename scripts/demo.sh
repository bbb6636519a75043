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
    (umask 077 && make_logins >"$TABULATOR_HOME/logins.txt")
    touch "$TABULATOR_HOME/complete"
}

# One account of each role, with its start code: it is good once, `tabulator user reset` gives another.
make_logins() {
    while read -r name role area; do
        code=$(tabulator user add "$name" --role "$role" ${area:+--area "$area"} --as demo 2>/dev/null)
        printf '%-22s %-14s %s %s\n' "$role" "$name" "$code" "$area"
    done <<ACCOUNTS
admin administrator
chair precinct-chair 1001
operator-1 territorial-operator tec-bishkek
operator-2 territorial-operator tec-bishkek
verifier territorial-verifier tec-bishkek
head territorial-chair tec-bishkek
clerk cec-operator
member-1 cec-member
member-2 cec-member
observer observer
ACCOUNTS
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
Logins       role, name, start code, scope (also in $TABULATOR_HOME/logins.txt; docs: /api/v1/docs)
$(sed 's/^/             /' "$TABULATOR_HOME/logins.txt")
Try others   TABULATOR_HOME=$TABULATOR_HOME .venv/bin/tabulator --help
END
[ "${1-}" = no ] || exec tabulator serve
