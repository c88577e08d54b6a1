import { Worker } from 'node:worker_threads';
import { ExpressionEngine } from './expression.js';
import { type SandboxReply, type SandboxRequest } from './protocol.js';
import { SandboxError } from './sandbox.js';
import { TemplateEngine } from './template.js';

// What one request does to a built-in object, the next one in this process would see.
Reflect.deleteProperty(Object.prototype, '__proto__');
for (const builtIn of [Object, Array, Function, String, Number, Boolean, RegExp, Date, Promise, Map, Set, Error]) {
  void Object.seal(builtIn);
  void Object.seal(builtIn.prototype);
}

const expressions = new ExpressionEngine();
const templates = new TemplateEngine();
let schemas: ReturnType<typeof loadSchemas> | undefined;

// When first needed: it takes as long to load as all the rest.
async function loadSchemas() {
  const { SchemaEngine } = await import('./json-schema.js');
  return new SchemaEngine();
}

async function answer(request: SandboxRequest): Promise<SandboxReply> {
  try {
    if (request.kind === 'evaluate') return { json: await expressions.evaluate(request.expression, request.input) };
    if (request.kind === 'check-schemas') return { json: JSON.stringify((await (schemas ??= loadSchemas())).check(request.checks)) };
    return { json: JSON.stringify(templates.render(request)) };
  } catch (error) {
    if (error instanceof SandboxError) return { problem: { code: error.code, message: error.message, template: error.template } };
    return { problem: { code: 'RUNTIME', message: error instanceof Error ? error.message : String(error) } };
  }
}

function send(reply: SandboxReply): void {
  process.send?.(reply);
}

/** Ends this process when the one that started it has died, even while an endless loop keeps this one from hearing of it. */
function dieWithParent(): void {
  process.on('disconnect', () => process.exit());
  const watchdog = `
    const { workerData: parent } = require('node:worker_threads');
    setInterval(() => {
      try {
        process.kill(parent, 0);
        if (process.ppid === parent) return;
      } catch {}
      process.kill(process.pid, 'SIGKILL');
    }, 1000);`;
  new Worker(watchdog, { eval: true, execArgv: [], workerData: process.ppid, resourceLimits: { maxOldGenerationSizeMb: 8 } }).unref();
}

dieWithParent();
process.on('message', (request: SandboxRequest) => void answer(request).then(send));
// Once, so that the first real request finds both warm.
await expressions.evaluate('$count(items)', { items: [] });
templates.render({ templates: ['{{ name }}'], variables: { name: '' }, timeoutMs: 1_000 });
send({ ready: true });
