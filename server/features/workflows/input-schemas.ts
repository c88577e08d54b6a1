import { type WorkflowInputInput } from '../../../schema/workflow-definition.js';
import { type FieldProblem } from '../../errors.js';
import { jsonProblem } from '../../input-problems.js';
import { type Sandbox, SandboxError } from '../../sandbox/sandbox.js';
import { type InputDefinition, type InputType } from './definition.js';
import { valueProblem } from './input-values.js';

const longestSchema = 50_000;
/** Far more than any honest schema needs, even on a busy machine. */
const checkMs = 3_000;

type Schema = Readonly<Record<string, unknown>>;

/** What a schema may say the type is, by the type of the input. JSON may be anything. */
const schemaTypes: Record<Exclude<InputType, 'JSON'>, readonly string[]> = {
  STRING: ['string'],
  TEXT: ['string'],
  NUMBER: ['number', 'integer'],
  BOOLEAN: ['boolean'],
};

/** Holds values, those of a workflow's inputs above all, against their JSON Schemas, in the sandbox, where reading one can be ended. */
export class InputSchemas {
  constructor(private readonly sandbox: Pick<Sandbox, 'checkSchemas'>) {}

  /** @returns what keeps inputs from being saved, such as `2.sample`: a schema that is none, a default or a sample that does not fit it */
  async problemsOf(workspaceId: string, inputs: readonly WorkflowInputInput[]): Promise<FieldProblem[]> {
    const found = await Promise.all(inputs.map((input, index) => this.problemsOfInput(workspaceId, input, `${index}.`)));
    return found.flat();
  }

  /** @returns by the input's name what of its value does not fit; values that are null are not looked at */
  async misfits(workspaceId: string, inputs: readonly InputDefinition[], values: Readonly<Record<string, unknown>>): Promise<FieldProblem[]> {
    const found = await Promise.all(
      inputs.map(async ({ name, schema }): Promise<FieldProblem[]> => {
        const value = values[name] ?? null;
        if (!schema || value === null) return [];
        return (await this.misfitsOf(workspaceId, schema, value)).map((message) => ({ field: name, message }));
      }),
    );
    return found.flat();
  }

  /** @returns what keeps values from being held against a schema: it is none, or too long */
  async problemOf(workspaceId: string, schema: Schema): Promise<string | undefined> {
    const problem = jsonProblem(schema, longestSchema);
    if (problem) return problem;
    try {
      await this.sandbox.checkSchemas([{ schema, value: null }], { timeoutMs: checkMs, fairnessKey: workspaceId });
      return undefined;
    } catch (error) {
      return saidOf(error);
    }
  }

  /** @returns in sentences what of a value does not fit */
  async misfitsOf(workspaceId: string, schema: Schema, value: unknown): Promise<string[]> {
    try {
      const [problems = []] = await this.sandbox.checkSchemas([{ schema, value }], { timeoutMs: checkMs, fairnessKey: workspaceId });
      return problems.map(asSentence);
    } catch (error) {
      return [saidOf(error)];
    }
  }

  private async problemsOfInput(workspaceId: string, { type, schema, defaultValue, sample }: WorkflowInputInput, at: string): Promise<FieldProblem[]> {
    if (schema === undefined || schema === null) return [];
    // What is none at all is found where the definition's shape is read.
    if (!isSchema(schema)) return [];
    const problem = typeProblem(type, schema) ?? (await this.problemOf(workspaceId, schema));
    if (problem) return [{ field: `${at}schema`, message: problem }];
    const examples = [{ field: 'defaultValue', value: defaultValue ?? null }, { field: 'sample', value: sample ?? null }];
    const found = await Promise.all(
      examples.map(async ({ field, value }): Promise<FieldProblem[]> => {
        if (value === null || valueProblem(type, value) !== undefined) return [];
        return (await this.misfitsOf(workspaceId, schema, value)).map((message) => ({ field: `${at}${field}`, message }));
      }),
    );
    return found.flat();
  }
}

function isSchema(schema: unknown): schema is Schema {
  return typeof schema === 'object' && schema !== null && !Array.isArray(schema);
}

function typeProblem(type: InputType, { type: stated }: Schema): string | undefined {
  if (type === 'JSON' || typeof stated !== 'string' || schemaTypes[type].includes(stated)) return undefined;
  return `No value of this input's type fits "type": ${JSON.stringify(stated)}. Write ${schemaTypes[type].map((allowed) => JSON.stringify(allowed)).join(' or ')}, or leave it out.`;
}

/** The place of what is wrong stands before it, unless it is the whole. */
function asSentence(problem: string): string {
  const said = problem.replace(/^The whole: (.)/s, (_, first: string) => first.toUpperCase());
  return said.endsWith('.') ? said : `${said}.`;
}

function saidOf(error: unknown): string {
  if (!(error instanceof SandboxError)) throw error;
  return error.code === 'TIMEOUT' ? 'This schema takes too long on this value. Make it simpler.' : error.message;
}
