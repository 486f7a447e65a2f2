# Stands in for nginxinc/nginx-unprivileged.
ARG PYTHON_IMAGE
FROM ${PYTHON_IMAGE}
RUN apt-get update && apt-get install -y --no-install-recommends nginx-light wget \
    && useradd --system --uid 101 nginx && rm -rf /var/lib/apt/lists/*
