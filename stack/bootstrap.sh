#!/bin/sh
# Debian packages and the virtual environment, whatever is missing of them; then the Python part.
# Usage: bootstrap.sh COMMAND [ARGUMENT]...   (the commands of `python -m stack`)
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
python=.venv/bin/python
logs=.local/logs
mkdir -p "$logs"
# Each of our processes would compile again what the first one compiled.
unset PYTHONDONTWRITEBYTECODE

has() { command -v "$1" >/dev/null 2>&1; }

# A line for each step. While it lasts, a terminal counts its seconds; elsewhere a line every 5 s says
# how far its log is.
step() {
    title=$1 log=$logs/$2.log fix=$3
    shift 3
    began=$(date +%s)
    : >"$log"
    show_progress &
    progress=$!
    if "$@" >"$log" 2>&1; then how=''; else how='failed after '; fi
    kill $progress 2>/dev/null || true
    wait $progress 2>/dev/null || true
    [ ! -t 1 ] || printf '\r\033[K'
    printf '  %-46s%s%6d s\n' "$title" "$how" $(($(date +%s) - began))
    [ -n "$how" ] || return 0
    printf '\nFAILED: %s\n--- the end of %s\n' "$title" "$log" >&2
    tail -n 20 "$log" >&2
    printf -- '---\nTo fix it: %s\n' "$fix" >&2
    exit 1
}

show_progress() {
    pause=5 start='' end='\n'
    [ ! -t 1 ] || { pause=1 start='\r\033[K' end=''; }
    while sleep $pause >/dev/null 2>&1 && kill -0 $$ 2>/dev/null; do
        seconds=$(($(date +%s) - began))
        line=$(tail -n 1 "$log" | tr -d '\r' | cut -c 1-60)
        printf "$start  %-46s%6d s ... %s$end" "$title" $seconds "$line"
    done
}

python_is_new() { python3 -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))'; }

missing_packages() {
    python_is_new >/dev/null 2>&1 || [ -x $python ] || echo python3 python3-venv
    case $1 in lint | format | manifests | exec | types | test-unit) return ;; esac # they start no service
    if [ -z "${MONGODB_URI:-}" ] && ! has mongod; then
        /sbin/ldconfig -p | grep -q 'libcurl\.so\.4 ' || echo libcurl4
    fi
    if [ -z "${KAFKA_BOOTSTRAP_SERVERS:-}" ]; then
        has java || echo openjdk-17-jre-headless
        has mvn || [ -e .local/cache/kafka/pom.sha256 ] || echo maven
    fi
    [ -n "${REDIS_URL:-}" ] || has redis-server || echo redis-server
    case "$*" in
    *--split* | test* | loadtest*) has nginx || [ -x /usr/sbin/nginx ] || echo nginx-light ;;
    esac
    [ "$1" != test ] || has chromium || echo chromium
    case $1 in
    test | loadtest)
        has java || echo openjdk-17-jre-headless
        has mvn || [ -e .local/cache/jmeter/pom.sha256 ] || echo maven
        ;;
    esac
    if [ "$1" = image ]; then
        for tool in podman buildah runc debootstrap; do
            has $tool || [ -x /usr/sbin/$tool ] || echo $tool
        done
    fi
    [ "$1" != bench ] || has wrk || echo wrk
}

# A freshly installed server must neither start now (policy-rc.d) nor at the next boot.
install_packages() (
    policy=/usr/sbin/policy-rc.d
    if [ ! -e $policy ]; then
        trap 'rm -f $policy' EXIT
        trap 'exit 1' HUP INT TERM
        printf '#!/bin/sh\nexit 101\n' >$policy
        chmod 755 $policy
    fi
    apt-get update &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" || exit
    for package in "$@"; do
        case $package in
        redis-server) update-rc.d redis-server disable ;;
        nginx-light) update-rc.d nginx disable ;;
        esac
    done
)

debian_packages() {
    # shellcheck disable=SC2046
    set -- $(missing_packages "$@")
    [ $# -gt 0 ] || return 0
    if [ "$(id -u)" -ne 0 ] || ! has apt-get; then
        echo "Missing: $*. Install them as root: apt-get install --no-install-recommends $*" >&2
        exit 1
    fi
    step "Debian packages: $*" apt "run 'apt-get update' and see what it says" install_packages "$@"
}

# What running needs, or with tests and lint; an environment that has these keeps them.
lock_of() {
    case $1 in
    up | services | exec | image) [ -x .venv/bin/pytest ] || { echo stack; return; } ;;
    esac
    echo development
}

# pip brings uv, which installs the rest in a fifth of pip's time.
make_venv() {
    python_of_venv_runs || rm -rf .venv
    echo "making .venv"
    [ -x $python ] || python3 -m venv .venv || return
    $python -m pip install --disable-pip-version-check --require-hashes -r requirements/uv.txt &&
        use_index_of_pip &&
        .venv/bin/uv pip sync --python $python --require-hashes "$1" &&
        sha256sum "$1" requirements/uv.txt >"$2"
}

python_of_venv_runs() { [ -x $python ] && $python -m pip --version >/dev/null 2>&1; }

# uv does not read pip's settings: a machine with an index of its own may name it only there.
use_index_of_pip() {
    index=$($python -m pip config list | sed -n "s/^\(global\|install\|:env:\)\.index-url='\(.*\)'$/\2/p")
    [ -z "$index" ] || export UV_DEFAULT_INDEX="${UV_DEFAULT_INDEX:-$index}"
}

venv() {
    lock=$(lock_of "$1")
    stamp=.venv/$lock.sha256
    if [ -x $python ] && sha256sum --status -c $stamp 2>/dev/null; then
        return
    fi
    step "Python packages" python-packages \
        "check that this machine reaches its Python package registry, then try again" \
        make_venv requirements/$lock.txt $stamp
}

case ${1:-} in
down | status | logs | reset)
    [ -x $python ] || { echo "Nothing was started here yet: make up"; exit; }
    ;;
*)
    debian_packages "$@"
    venv "${1:-}"
    ;;
esac
exec $python -m stack "$@"
