FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev && npm cache clean --force

FROM node:22-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 DATA_DIR=/data
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/prisma prisma
COPY --from=build /app/dist dist
# For SQLite, which is one process's: mount a volume there. With PostgreSQL nothing is written.
RUN mkdir /data && chown node:node /data
USER node
EXPOSE 4000
# Whatever its role, a process tells at its port whether it can do its work.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# The process itself is told to stop, and has 10 seconds for its steps and as many for its jobs.
STOPSIGNAL SIGTERM
CMD ["node", "dist/server/main.js"]
