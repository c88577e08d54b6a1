import * as z from 'zod/mini';
import type { DraftStep } from '../draft';
import { fieldBy, type StepProblem, type StepRules } from './step-rules';

export const bodyTypes = ['JSON', 'TEXT', 'FORM'] as const;
export type BodyType = (typeof bodyTypes)[number];

const webhookSettingsSchema = z.object({
  method: z.catch(z.string(), 'POST'),
  url: z.catch(z.string(), ''),
  headers: z.catch(z.array(z.object({ name: z.string(), value: z.string() })), []),
  body: z.catch(z.optional(z.object({ type: z.enum(bodyTypes), template: z.string() })), undefined),
  response: z.catch(z.optional(z.object({ expression: z.string() })), undefined),
  successStatus: z.catch(z.optional(z.array(z.number())), undefined),
});

export const webhookSettings = (settings: DraftStep['settings']) => webhookSettingsSchema.parse(settings);

const fieldOf = fieldBy([['url', 'url'], ['method', 'method'], ['body', 'body'], ['response', 'response'], ['successStatus', 'successStatus']], 'url');

export const webhookRules: StepRules = {
  start: { method: 'POST', url: '', body: { type: 'JSON', template: '' } },
  namesRows: true,
  takesSecrets: true,
  hasParts: true,
  problems: ({ settings }) => problemsOf(settings),
  fieldOf: (path) => (path.startsWith('headers.') ? path : fieldOf(path)),
};

function problemsOf(settings: DraftStep['settings']): StepProblem[] {
  const { url, headers, body, method, response, successStatus } = webhookSettings(settings);
  const problems: StepProblem[] = [];
  if (url.trim() === '') problems.push({ field: 'url', message: 'Write the address that is called.', missing: true });
  for (const [index, { name }] of headers.entries()) {
    if (name.trim() === '') problems.push({ field: `headers.${index}.name`, message: 'Name the header, such as Accept.', missing: true });
  }
  if (body && method === 'GET') problems.push({ field: 'body', message: 'A GET request has no body. Choose another method, or no body.' });
  if (body?.type === 'JSON' && body.template.trim() === '') problems.push({ field: 'body', message: 'Write the JSON that is sent, or choose no body.', missing: true });
  if (response && response.expression.trim() === '') problems.push({ field: 'response', message: 'Write the expression that makes the output, or take all of the answer.', missing: true });
  if (successStatus?.some((status) => !(Number.isInteger(status) && status >= 100 && status <= 599))) {
    problems.push({ field: 'successStatus', message: 'Give whole numbers from 100 to 599.' });
  }
  return problems;
}
