#!/bin/sh
# What a bare Debian or Ubuntu lacks for `make demo` or `make test`: system packages, then .venv with
# this project in it. What is there already is left alone, so a second run needs no network.
# Usage: sh scripts/setup.sh demo|test
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."
. scripts/progress.sh
purpose=$1
python=${PYTHON:-python3}

stop() {
    echo "$1" >&2
    exit 1
}

# need PACKAGE CHECK…: the package is wanted unless the check succeeds.
wanted=
need() {
    package=$1
    shift
    "$@" >/dev/null 2>&1 || wanted="$wanted $package"
}

installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1")" = installed ]
}

list_what_is_missing() {
    need python3-venv "$python" -c 'import ensurepip, venv'
    if command -v dpkg-query >/dev/null; then
        for package in libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-paratype; do
            need "$package" installed "$package"
        done
    fi
    need fontconfig command -v fc-list
    [ "$purpose" = test ] || return 0
    need poppler-utils command -v pdftotext
    need postgresql sh -c 'ls /usr/lib/postgresql/*/bin/initdb'
}

root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

apt() {
    root env DEBIAN_FRONTEND=noninteractive apt-get -y --no-install-recommends "$@"
}

# Debian creates and starts a cluster with the server; the tests start their own, so none is made.
create_no_cluster() {
    conf=/etc/postgresql-common/createcluster.d/tabulator.conf
    trap 'root rm -f "$conf"' EXIT
    trap 'exit 130' INT
    root mkdir -p "${conf%/*}"
    echo 'create_main_cluster = false' | root tee "$conf" >/dev/null
}

install_packages() {
    if ! root apt-get --version >/dev/null 2>&1; then
        stop "System packages are missing. Run this as root, then try again:
apt-get install -y --no-install-recommends$wanted"
    fi
    echo "Installing:$wanted"
    case $wanted in *postgresql*) create_no_cluster ;; esac
    # A package source that does not answer is no reason to stop: the installation will tell.
    progress 'Package lists' 0 '*' apt update || true
    # $wanted is a list of names. Each package is fetched, selected, unpacked and set up.
    total=$(apt -s install $wanted | grep -c '^Inst' || true)
    progress 'System packages' $((total * 4)) '[GSU]*' apt install $wanted
}

check_python() {
    command -v "$python" >/dev/null || return 0
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        stop "Python 3.11 or newer is needed and this is $("$python" -V); PYTHON=… names another one."
}

fill_venv() {
    stamp=$({ pwd; "$python" -V; cat setup.cfg pyproject.toml; } | cksum)
    [ "$stamp" != "$(cat ".venv/ready-for-$purpose" 2>/dev/null)" ] || return 0
    progress 'Virtual environment' 0 '*' "$python" -m venv --clear .venv
    extra=
    [ "$purpose" = demo ] || extra='[test]'
    progress 'Python packages' 0 'Collecting *' .venv/bin/python -m pip --disable-pip-version-check \
        install --progress-bar off --editable ".$extra"
    # What the tests need contains what the demo needs.
    echo "$stamp" >".venv/ready-for-$purpose"
    echo "$stamp" >.venv/ready-for-demo
}

check_python
list_what_is_missing
[ -z "$wanted" ] || install_packages
fill_venv
