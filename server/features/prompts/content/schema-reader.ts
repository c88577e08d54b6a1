import { z } from 'zod';
import { exactText, withoutNulls } from '../../../input.js';
import { type InputProblems, jsonProblem } from '../../../input-problems.js';
import { type Sandbox, SandboxError, sandboxFor } from '../../../sandbox/sandbox.js';
import { type PromptContent, type PromptTool } from './content.js';

const mostTools = 64;
const longestSchema = 50_000;
/** Far more than any honest schema needs, even on a busy machine. */
const readingMs = 5_000;

type Schema = Record<string, unknown>;

const toolSchema = z.preprocess(
  withoutNulls,
  z.object({
    name: z.string('Give the tool a name.').regex(/^[a-zA-Z0-9_-]{1,64}$/, 'Use letters, digits, _ and -, at most 64 characters.'),
    description: exactText().trim().max(2_000, 'Keep this to 2000 characters.').default(''),
    parameters: z.record(z.string(), z.unknown(), 'Give a JSON Schema, such as { "type": "object", "properties": { … } }.'),
  }),
);

/** Reads what a model may call and what its answer must be like. What is wrong is added to `problems`. */
export class SchemaReader {
  constructor(private readonly sandbox: Pick<Sandbox, 'checkSchemas'>) {}

  /** The same, taking turns with other workspaces. */
  for(workspaceId: string): SchemaReader {
    return new SchemaReader(sandboxFor(this.sandbox, workspaceId));
  }

  async readTools(given: unknown, problems: InputProblems, field: string): Promise<PromptTool[]> {
    if (!Array.isArray(given) || given.length > mostTools) {
      problems.add(field, Array.isArray(given) ? `Keep this to ${mostTools} tools.` : 'Give a list of tools.');
      return [];
    }
    const tools = given.map((item: unknown, index) => problems.read(toolSchema, item, `${field}.${index}`));
    for (const [index, tool] of tools.entries()) {
      if (!tool) continue;
      const first = tools.findIndex((other) => other?.name === tool.name);
      if (first < index) problems.add(`${field}.${index}.name`, `Tool ${first + 1} has this name already. Choose another one.`);
      await this.checkSchema(tool.parameters, ['object'], problems, `${field}.${index}.parameters`);
    }
    return tools.filter((tool) => tool !== undefined);
  }

  async readOutputSchema(given: unknown, problems: InputProblems, field: string): Promise<PromptContent['outputSchema']> {
    const schema = problems.read(z.record(z.string(), z.unknown(), 'Give a JSON Schema, such as { "type": "object", "properties": { … } }, or null.'), given, field);
    if (schema) await this.checkSchema(schema, ['object', 'array'], problems, field);
    return schema;
  }

  private async checkSchema(schema: Schema, types: readonly string[], problems: InputProblems, field: string): Promise<void> {
    const problem = jsonProblem(schema, longestSchema) ?? rootProblem(schema, types) ?? (await this.compileProblem(schema));
    if (problem) problems.add(field, problem);
  }

  /** In the sandbox, where reading it can be ended. */
  private async compileProblem(schema: Schema): Promise<string | undefined> {
    try {
      await this.sandbox.checkSchemas([{ schema, value: null }], { timeoutMs: readingMs });
      return undefined;
    } catch (error) {
      if (!(error instanceof SandboxError)) throw error;
      return error.code === 'TIMEOUT' ? 'This schema takes too long to read. Make it simpler.' : error.message;
    }
  }
}

function rootProblem({ type }: Schema, types: readonly string[]): string | undefined {
  if (types.some((allowed) => allowed === type)) return undefined;
  return `Describe an ${types.join(' or an ')}: ${types.map((allowed) => `"type": "${allowed}"`).join(' or ')}.`;
}
