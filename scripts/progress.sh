# progress TITLE TOTAL PATTERN COMMAND…
# Runs COMMAND with its output kept back and shows one line instead: on a terminal a bar that moves
# with each line of output that matches PATTERN (a bare count where TOTAL is 0), then how long it took.
# A failing command's whole output is shown, and its exit status returned.
progress() {
    title=$1 total=$2 pattern=$3
    shift 3
    log=$(mktemp)
    began=$(date +%s)
    { "$@" 2>&1 || echo "$?" >"$log.failed"; } | while IFS= read -r line; do
        printf '%s\n' "$line" >>"$log"
        case $line in
            $pattern) seen=$((${seen:-0} + 1)) ;;
        esac
        [ ! -t 2 ] || draw "$title" "${seen:-0}" "$total" "$line" >&2
    done
    [ ! -t 2 ] || printf '\r\033[K' >&2
    status=0
    if [ -e "$log.failed" ]; then
        status=$(cat "$log.failed")
        cat "$log" >&2
        echo "$title: failed" >&2
    else
        echo "$title: done in $(($(date +%s) - began)) s"
    fi
    rm -f "$log" "$log.failed"
    return "$status"
}

draw() {
    if [ "$3" -gt 0 ]; then
        done=$(($2 < $3 ? $2 : $3))
        bar=$(printf "%$((done * 30 / $3))s" '' | tr ' ' '#')
        printf '\r%s [%-30s] %d/%d\033[K' "$1" "$bar" "$done" "$3"
    else
        printf '\r%s %d  %.50s\033[K' "$1" "$2" "$4"
    fi
}
