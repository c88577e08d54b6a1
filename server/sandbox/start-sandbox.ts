import { type Sandbox, type SandboxOptions } from './sandbox.js';
import { SimpleExpressions } from './simple-expression.js';
import { startWorkers, type WorkerSandboxOptions } from './worker-sandbox.js';

/** Starts the worker processes. Expressions that can do no harm do not go to them. */
export function startSandbox(options: WorkerSandboxOptions = {}): Sandbox {
  const workers = startWorkers(options);
  const simple = new SimpleExpressions();
  return {
    evaluate: async (expression: string, input: unknown, evaluation: SandboxOptions = {}) => {
      evaluation.signal?.throwIfAborted();
      const found = simple.evaluate(expression, input);
      return found ? found.value : workers.evaluate(expression, input, evaluation);
    },
    render: (templates, variables, rendering) => workers.render(templates, variables, rendering),
    checkSchemas: (checks, checking) => workers.checkSchemas(checks, checking),
    close: () => workers.close(),
  };
}
