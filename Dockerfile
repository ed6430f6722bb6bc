# The build runs on the builder's own platform: what it makes is JavaScript, the same for all.
FROM --platform=$BUILDPLATFORM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build

FROM node:24-bookworm-slim
ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="fauxdr" \
      org.opencontainers.image.description="A mock of the Cortex XDR and Qualys EDR quarantine APIs" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.base.name="docker.io/library/node:24-bookworm-slim"
# Nothing is installed in a container that runs.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /opt/yarn*
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/dist ./dist
COPY --from=build /app/specs ./specs
COPY --from=build /app/fixtures ./fixtures
# In a container, loopback would be reachable by nobody.
ENV NODE_ENV=production FAUXDR_HOST=0.0.0.0
USER node
EXPOSE 4620 4621
# It reads the same variables as the server: whatever the port, and over https where that is served.
HEALTHCHECK --interval=5s --timeout=5s --start-period=5s CMD ["node", "/app/dist/cli.cjs", "health"]
ENTRYPOINT ["node", "/app/dist/cli.cjs"]
