import { type Sandbox } from '../sandbox/sandbox.js';
import { startSandbox } from '../sandbox/start-sandbox.js';

/** A sandbox whose process is started when it is needed first: most tests that could need it don't, and starting takes longer than they do. */
export function lazySandbox(): Sandbox {
  let started: Sandbox | undefined;
  const sandbox = () => (started ??= startSandbox());
  return {
    evaluate: (...request) => sandbox().evaluate(...request),
    render: (...request) => sandbox().render(...request),
    checkSchemas: (...request) => sandbox().checkSchemas(...request),
    close: async () => started?.close(),
  };
}
