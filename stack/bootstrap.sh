#!/bin/sh
# Debian packages and the virtual environment, whatever is missing of them; then the Python part.
# Usage: bootstrap.sh COMMAND [ARGUMENT]...   (the commands of `python -m stack`)
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
python=.venv/bin/python
requirements=requirements/development.txt
logs=.local/logs
mkdir -p "$logs"

has() { command -v "$1" >/dev/null 2>&1; }

step() {
    title=$1 log=$logs/$2.log mend=$3
    shift 3
    began=$(date +%s)
    printf '  %-46s' "$title"
    if "$@" >"$log" 2>&1; then
        printf '%6d s\n' $(($(date +%s) - began))
        return
    fi
    printf 'failed\n\nFAILED: %s\n--- the end of %s\n' "$title" "$log" >&2
    tail -n 20 "$log" >&2
    printf -- '---\nTo mend it: %s\n' "$mend" >&2
    exit 1
}

python_is_new() { python3 -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))'; }

missing_packages() {
    python_is_new >/dev/null 2>&1 || [ -x $python ] || echo python3 python3-venv
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
    apt-get update
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
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

make_venv() {
    python_of_venv_runs || rm -rf .venv
    [ -x $python ] || python3 -m venv .venv
    $python -m pip install --disable-pip-version-check --require-hashes -r $requirements
    sha256sum $requirements >.venv/requirements.sha256
}

python_of_venv_runs() { [ -x $python ] && $python -m pip --version >/dev/null 2>&1; }

venv() {
    if [ -x $python ] && sha256sum --status -c .venv/requirements.sha256 2>/dev/null; then
        return
    fi
    step "Python packages" pip \
        "check that this machine reaches its Python package registry, then try again" make_venv
}

case ${1:-} in
down | status | logs | reset)
    [ -x $python ] || { echo "Nothing was started here yet: make up"; exit; }
    ;;
*)
    debian_packages "$@"
    venv
    ;;
esac
exec $python -m stack "$@"
