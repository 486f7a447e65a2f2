# The SPA on nginx without root. /api belongs to the ingress or to the gateway before it.
ARG NODE_IMAGE=docker.io/library/node:22-slim
ARG NGINX_IMAGE=docker.io/nginxinc/nginx-unprivileged:1.29-alpine-slim

FROM ${NODE_IMAGE} AS builder
WORKDIR /build
COPY frontend/package.json frontend/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY frontend ./
RUN npm run build && find dist -type f -size +1k ! -name '*.png' -exec gzip -9 -k {} +

FROM ${NGINX_IMAGE}
COPY docker/nginx/spa.conf /etc/nginx/nginx.conf
COPY docker/nginx/maps.conf docker/nginx/page_headers.conf docker/nginx/error_pages.conf /etc/nginx/
COPY --from=builder /build/dist /usr/share/nginx/html
USER 101
HEALTHCHECK --interval=30s --timeout=3s --start-period=5s \
    CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/healthz"]
EXPOSE 8080
CMD ["nginx", "-e", "/dev/stderr"]
