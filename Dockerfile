# syntax=docker/dockerfile:1

# Broadside for production, with a database elsewhere: DATABASE_URL, and S3_* where there are several of it.
# Nothing secret is built in; settings come from the environment, as .env.example names them.

FROM node:24-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
# Needs neither database nor settings. What Next keeps for the next build is of no use here.
RUN NODE_ENV=production npx next build && rm -rf .next/cache
RUN npm prune --omit=dev --no-audit --no-fund

FROM node:24-slim
WORKDIR /app
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 DATA_DIR=/data
RUN mkdir /data && chown node:node /data
# The program belongs to root; what it writes goes to /data, and the pages that Next keeps to .next.
COPY --from=build /app ./
COPY --from=build --chown=node:node /app/.next ./.next
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --start-interval=1s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+(process.env.PORT||3000)+'/api/health').then((a)=>process.exit(a.ok?0:1),()=>process.exit(1))"]
# Without a shell or npm before it, so that SIGTERM reaches the process, which then finishes what is under way.
STOPSIGNAL SIGTERM
CMD ["node", "server/main.ts"]
