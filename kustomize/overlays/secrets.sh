#!/bin/sh
# Writes app-secrets.env and mongodb-auth.env, with new random values, into the folder given (this
# machine's kustomize/overlays/local by default). Existing files are left alone.
set -eu
umask 077
folder=${1:-$(cd "$(dirname "$0")" && pwd)/local}

random() { openssl rand -hex 32; }

if [ ! -e "$folder/app-secrets.env" ]; then
    key=$(openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 2>/dev/null)
    {
        printf 'jwt_secret_key='
        printf '%s\n' "$key" | awk '{printf "%s\\n", $0} END {print ""}'
        printf 'jwt_public_keys='
        printf '%s\n' "$key" | openssl pkey -pubout | awk '{printf "%s\\n", $0} END {print ""}'
        echo "secret_key=$(random)"
        echo "mongodb_password=$(random)"
        echo "redis_password=$(random)"
    } >"$folder/app-secrets.env"
fi
if [ ! -e "$folder/mongodb-auth.env" ]; then
    {
        echo "keyfile=$(openssl rand -hex 256)"
        echo "root_password=$(random)"
    } >"$folder/mongodb-auth.env"
fi
echo "$folder/app-secrets.env and $folder/mongodb-auth.env are there."
