import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = 'http://127.0.0.1:4000';

export default defineConfig({
  root: 'client',
  plugins: [react()],
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    rolldownOptions: { input: ['client/index.html', 'client/graphiql.html'] },
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/graphql': { target: server, ws: true }, '/healthz': server },
  },
});
