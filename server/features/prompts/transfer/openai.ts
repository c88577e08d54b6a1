import { z } from 'zod';
import { type PromptTool } from '../content/content.js';
import { type ForeignDocument, type ForeignPrompt, type ImportProblem, templateFromMustache } from './imported-prompt.js';

const part = z.object({ type: z.string(), text: z.string().optional() });
const content = z.union([z.string(), z.array(part)]);
const message = z.object({ role: z.string(), content: content.nullish() });
const schema = z.record(z.string(), z.unknown());
const tool = z.union([
  z.object({ type: z.literal('function'), function: z.object({ name: z.string(), description: z.string().nullish(), parameters: schema.nullish() }) }).transform((of) => of.function),
  z.object({ type: z.literal('function'), name: z.string(), description: z.string().nullish(), parameters: schema.nullish() }),
]);

const common = {
  id: z.string().optional(),
  name: z.string().optional(),
  description: z.string().optional(),
  model: z.string().optional(),
  temperature: z.number().nullish(),
  top_p: z.number().nullish(),
  tools: z.array(z.unknown()).nullish(),
};

/** The body of `POST /v1/chat/completions`. */
const chatBody = z.object({
  ...common,
  messages: z.array(message).min(1),
  max_tokens: z.int().nullish(),
  max_completion_tokens: z.int().nullish(),
  seed: z.int().nullish(),
  stop: z.union([z.string(), z.array(z.string())]).nullish(),
  response_format: z.object({ type: z.string(), json_schema: z.object({ schema: schema.optional() }).optional() }).nullish(),
});

/** The body of `POST /v1/responses`, and what the dashboard keeps as a prompt. */
const responsesBody = z
  .object({
    ...common,
    instructions: z.string().nullish(),
    input: z.union([z.string(), z.array(message)]).nullish(),
    max_output_tokens: z.int().nullish(),
    text: z.object({ format: z.object({ type: z.string(), schema: schema.optional() }).nullish() }).nullish(),
  })
  .refine(({ instructions, input }) => Boolean(instructions) || Boolean(input?.length))
  .transform(({ instructions, input, text, max_output_tokens: most, ...body }) => ({
    ...body,
    messages: [
      ...(instructions ? [{ role: 'system', content: instructions }] : []),
      ...(typeof input === 'string' ? [{ role: 'user', content: input }] : (input ?? [])),
    ],
    max_tokens: most,
    max_completion_tokens: undefined,
    seed: undefined,
    stop: undefined,
    response_format: text?.format ? { type: text.format.type, json_schema: { schema: text.format.schema } } : undefined,
  }));

const promptObject = z.union([chatBody, responsesBody]);
const openAiDocument = z.union([z.array(promptObject).min(1), promptObject.transform((one) => [one])]);

type PromptObject = z.infer<typeof chatBody>;

const roles: Readonly<Record<string, 'SYSTEM' | 'USER' | 'ASSISTANT'>> = { system: 'SYSTEM', developer: 'SYSTEM', user: 'USER', assistant: 'ASSISTANT' };

/** @returns undefined for what is no prompt object of OpenAI's */
export function readOpenAi(document: unknown): ForeignDocument | undefined {
  const parsed = openAiDocument.safeParse(document);
  if (!parsed.success) return undefined;
  const problems: ImportProblem[] = [];
  const several = parsed.data.length > 1;
  const prompts = parsed.data.map((object, index) => {
    const name = object.name?.trim() || object.id || (several ? `Imported prompt ${index + 1}` : 'Imported prompt');
    return toPrompt(name, object, (said) => problems.push({ prompt: name, message: said }));
  });
  return { prompts, problems };
}

function toPrompt(name: string, object: PromptObject, note: (message: string) => void): ForeignPrompt {
  const respelt = (from: string, to: string) => note(`The variable "${from}" is now ${to}, since templates can't spell it.`);
  const messages = object.messages.flatMap(({ role, content: said }) => {
    const known = roles[role];
    if (known) return [{ role: known, content: templateFromMustache(textOf(said, note), respelt) }];
    note(`A message of the role "${role}" was left out.`);
    return [];
  });
  const outputSchema = object.response_format?.json_schema?.schema;
  return {
    name,
    description: object.description ?? '',
    kind: 'CHAT',
    tags: [],
    versions: [
      {
        was: 'the prompt',
        message: 'Imported from OpenAI',
        labels: [],
        messages,
        settings: {
          ...(object.model !== undefined && { model: object.model }),
          ...(typeof object.temperature === 'number' && { temperature: object.temperature }),
          ...(typeof object.top_p === 'number' && { topP: object.top_p }),
          ...numberOf('maxOutputTokens', object.max_completion_tokens ?? object.max_tokens),
          ...numberOf('seed', object.seed),
          ...(object.stop && { stopSequences: [object.stop].flat() }),
        },
        tools: toolsOf(object.tools ?? [], note),
        ...(outputSchema && { outputSchema }),
      },
    ],
  };
}

function numberOf(name: 'maxOutputTokens' | 'seed', value: number | null | undefined) {
  return typeof value === 'number' ? { [name]: value } : {};
}

function textOf(said: z.infer<typeof content> | null | undefined, note: (message: string) => void): string {
  if (typeof said === 'string') return said;
  return (said ?? [])
    .map(({ type, text }) => {
      if (text === undefined) note(`A part of the type "${type}" was left out: prompts hold text.`);
      return text ?? '';
    })
    .join('');
}

function toolsOf(given: readonly unknown[], note: (message: string) => void): PromptTool[] {
  return given.flatMap((one) => {
    const parsed = tool.safeParse(one);
    if (!parsed.success) {
      note('A tool that is no function was left out.');
      return [];
    }
    const { name, description, parameters } = parsed.data;
    return [{ name, description: description ?? '', parameters: parameters ?? { type: 'object', properties: {} } }];
  });
}
