# The base is pinned by tag: the Node of package.json on a named Debian. A tag can be moved; a digest cannot,
# and could not be looked up where this file was written. Whoever builds for production adds it
# (node:24.21.0-bookworm-slim@sha256:...) and lets a bot keep both current.

FROM node:24.21.0-bookworm-slim AS deps
WORKDIR /app
COPY .npmrc package.json package-lock.json ./
# No scripts: nothing that runs in production needs one, and a package that brings one should not run it here.
RUN npm ci --omit=dev --ignore-scripts

FROM node:24.21.0-bookworm-slim AS runtime
LABEL org.opencontainers.image.title="fintech-controller" \
      org.opencontainers.image.description="Keeps AWS as Kubernetes-style manifests in a git checkout say it should be." \
      org.opencontainers.image.licenses="Apache-2.0"

# git is for --git, and for the name of the commit of a checkout that is mounted. Its version is Debian's current
# one: older ones leave the mirrors, so that a pinned version would break the build on the day of a security fix.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates git \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt /var/log/apt /var/log/dpkg.log

WORKDIR /app
COPY --from=deps /app/node_modules node_modules
COPY LICENSE package.json ./
COPY crds crds
COPY reconcilers reconcilers
COPY controller controller

# TypeScript is run as it is, which Node does outside node_modules only: the commands are links into /app,
# and Node follows them before it looks. /state belongs to the user before it becomes a volume, so that a new
# volume belongs to it too.
RUN chmod 0755 controller/main.ts \
 && ln -s /app/controller/main.ts /usr/local/bin/fintech-controller \
 && ln -s /app/controller/main.ts /usr/local/bin/fintechctl \
 && install -d -o 10001 -g 10001 -m 0700 /state

# A number, so that a platform can see that it is not root without reading /etc/passwd. It has no home:
# git and the SDK find an empty one in /tmp.
USER 10001:10001
ENV NODE_ENV=production HOME=/tmp
# The root file system can be read-only: these two are all that is written to.
VOLUME ["/state", "/tmp"]
EXPOSE 8080

HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]

ENTRYPOINT ["fintech-controller"]
CMD ["run", "--manifests", "/manifests", "--state", "/state"]
