import { existsSync } from 'node:fs';
import { join } from 'node:path';
import compression from 'compression';
import express, { type RequestHandler, Router } from 'express';

/** Where the client has pages. */
const areas = /^\/(?:$|(?:prompts|workflows|runs|settings|sign-in|sign-up)(?:\/|$))/;

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
  const start = page(join(folder, 'index.html'));
  // A browser that opens a page names html, while scripts and images accept anything; so do curl and probes, which get the pages that there are.
  router.get('/{*route}', (request, response, next) => (request.headers.accept?.includes('text/html') || areas.test(request.path) ? start(request, response, next) : next()));
  return router;
}

function page(file: string): RequestHandler {
  return (request, response, next) => {
    if (!request.accepts('html')) return next();
    if (!existsSync(file)) {
      response.status(404).type('text').send('The client has not been built. Run `npm run build`, then reload.\n');
      return;
    }
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(file);
  };
}
