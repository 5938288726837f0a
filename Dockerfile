ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS files
WORKDIR /app
COPY package.json package-lock.json ./
COPY embedded-postgres/package.json embedded-postgres/
# The optional packages are the built-in PostgreSQL and a Node: here DATABASE_URL and the base image take their place.
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund && rm node_modules/.package-lock.json
COPY migrations migrations/
COPY embedded-postgres/src embedded-postgres/src/
COPY src src/
# Files keep the modes of the checkout, which a strict umask closes to the user below.
RUN rm package-lock.json && chmod -R a+rX,go-w .

FROM ${NODE_IMAGE}
# The last is for memory, like the second option of CMD: fewer heaps of the C library, a smaller one for young objects.
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    MALLOC_ARENA_MAX=2
WORKDIR /app
COPY --from=files /app/node_modules node_modules/
COPY --from=files /app/package.json ./
COPY --from=files /app/embedded-postgres embedded-postgres/
COPY --from=files /app/migrations migrations/
COPY --from=files /app/src src/
# In figures, so that Kubernetes' runAsNonRoot can tell; it is the account `node` of the base image.
USER 1000:1000
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--disable-sigusr1", "--max-semi-space-size=4", "--heap-growing-percent=40", "src/main.ts"]

ARG REVISION=unknown
LABEL org.opencontainers.image.title="Madoguchi" \
      org.opencontainers.image.description="Registry of authorised support contacts" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.revision="${REVISION}"
