import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = 'http://127.0.0.1:4000';

export default defineConfig({
  root: 'client',
  plugins: [react()],
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    // GraphiQL's editor is this large, and only its own page loads it.
    chunkSizeWarningLimit: 3_000,
    rolldownOptions: {
      input: ['client/index.html', 'client/graphiql.html'],
      checks: { moduleLevelDirective: false },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/graphql': { target: server, ws: true }, '/healthz': server },
  },
});
