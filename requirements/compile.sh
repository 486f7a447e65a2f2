#!/bin/sh
# One lock file for Python 3.11 and later; without the address of any package index.
set -eu
cd "$(dirname "$0")"

compile() {
    ../.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-config \
        --custom-compile-command "make requirements" "$@"
}

compile "$@" base.in -o base.txt
compile "$@" -c base.txt production.in -o production.txt
compile "$@" -c production.txt stack.in -o stack.txt
compile "$@" -c stack.txt development.in -o development.txt
compile "$@" -c base.txt gazetteer.in -o gazetteer.txt
compile "$@" uv.in -o uv.txt
