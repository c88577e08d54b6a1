import { existsSync } from 'node:fs';
import { join } from 'node:path';
import compression from 'compression';
import express, { type RequestHandler, Router } from 'express';

/** Serves the built client: its files, GraphiQL at /graphiql, and its start page at every other address that a browser opens. */
export function clientFiles(folder: string): RequestHandler {
  const router = Router();
  router.use(compression());
  router.get('/graphiql', page(join(folder, 'graphiql.html')));
  router.use(
    express.static(folder, {
      index: false,
      redirect: false,
      setHeaders: (response, path) => {
        // The build puts a hash of the content into the names of what lies in `assets`.
        const hashed = path.startsWith(join(folder, 'assets'));
        response.setHeader('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    }),
  );
  router.get('/{*route}', page(join(folder, 'index.html')));
  return router;
}

function page(file: string): RequestHandler {
  return (request, response, next) => {
    // Scripts and images accept anything: only a browser that opens a page names html.
    if (!request.headers.accept?.includes('text/html')) return next();
    if (!existsSync(file)) {
      response.status(404).type('text').send('The client has not been built. Run `npm run build`, then reload.\n');
      return;
    }
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(file);
  };
}
