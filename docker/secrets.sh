#!/bin/sh
# Makes the secrets of docker/compose.yaml once, below .local/, which is never committed.
set -eu
cd "$(dirname "$0")/.."
folder=.local/compose
mkdir -p $folder
umask 022 # uid 1000 of the containers reads them
[ -s $folder/secret_key ] || openssl rand -base64 48 | tr -d '\n' >$folder/secret_key
[ -s $folder/jwt_secret_key ] || openssl genrsa -out $folder/jwt_secret_key 2048 2>/dev/null
[ -s $folder/jwt_public_keys ] || openssl pkey -in $folder/jwt_secret_key -pubout -out $folder/jwt_public_keys
