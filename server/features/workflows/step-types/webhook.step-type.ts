import { z } from 'zod';
import { type FieldProblem } from '../../../errors.js';
import { secretProblem, vaultVariable } from '../secret-use.js';
import { expressionSchema } from './expression.settings.js';
import { settingsObject, settingsProblems } from './settings.js';
import { type CheckedStep, type StepDraft, type StepSurroundings, type StepType } from './step-type.js';
import { templateProblem, templateSchema } from './template.settings.js';

const status = z.int('Give whole numbers from 100 to 599.').min(100, 'Give whole numbers from 100 to 599.').max(599, 'Give whole numbers from 100 to 599.');

/** What the connection needs, and the key that keeps a request from having its effect twice. */
const ownHeaders = new Set(['connection', 'content-length', 'expect', 'host', 'idempotency-key', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade']);

const headerSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/, 'Give the name of an HTTP header.')
    .refine((name) => !ownHeaders.has(name.toLowerCase()), 'This header is set for you. Take it out.'),
  value: templateSchema,
});

/** The address, the values of headers and the body are Liquid over the step's inputs and `secrets`. */
export const webhookSettingsSchema = settingsObject(
  {
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], 'Choose GET, POST, PUT, PATCH or DELETE.'),
    url: templateSchema.refine((url) => url.trim() !== '', 'Give the address that is called.'),
    headers: z.array(headerSchema).max(50, 'Keep this to 50 headers.').optional(),
    body: z.strictObject({ type: z.enum(['JSON', 'TEXT', 'FORM'], 'Choose JSON, TEXT or FORM.'), template: templateSchema }).optional(),
    /** JSONata over `{ status, headers, body }`, which makes the output. */
    response: z.strictObject({ expression: expressionSchema }).optional(),
    /** Absent: 200 to 299. */
    successStatus: z.array(status).min(1, 'Give at least one.').max(50, 'Keep this to 50.').optional(),
  },
  'Give an object such as { "method": "POST", "url": "https://example.com/hook" }.',
);

/** The templates of a step's settings: the address, the values of the headers in their order, the body where there is one. */
export function webhookTemplates({ url, headers = [], body }: z.output<typeof webhookSettingsSchema>): { field: string; template: string }[] {
  return [
    { field: 'settings.url', template: url },
    ...headers.map(({ value }, index) => ({ field: `settings.headers.${index}.value`, template: value })),
    ...(body ? [{ field: 'settings.body.template', template: body.template }] : []),
  ];
}

export class WebhookStepType implements StepType {
  outputType(settings: unknown): string | undefined {
    const parsed = webhookSettingsSchema.safeParse(settings);
    return parsed.success && !parsed.data.response ? 'object' : undefined;
  }

  readonly takesSecrets = true;

  async check({ settings: given, inputNames }: StepDraft, surroundings: StepSurroundings): Promise<CheckedStep> {
    const parsed = webhookSettingsSchema.safeParse(given);
    if (!parsed.success) return { problems: settingsProblems(parsed.error), settings: given };
    const { method, body } = parsed.data;
    const secrets = await surroundings.secretNames();
    const problems = webhookTemplates(parsed.data).flatMap(({ field, template }): FieldProblem[] => {
      const message = templateProblem(template, [...inputNames, vaultVariable]) ?? secretProblem(template, secrets);
      return message === undefined ? [] : [{ field, message }];
    });
    const taken = inputNames.indexOf(vaultVariable);
    if (taken >= 0) problems.push({ field: `inputs.${taken}.name`, message: 'By this name templates find the secrets of the workspace. Choose another one.' });
    if (body && method === 'GET') problems.push({ field: 'settings.body', message: 'A GET request has no body. Choose another method, or take it out.' });
    return { problems, settings: parsed.data };
  }
}
