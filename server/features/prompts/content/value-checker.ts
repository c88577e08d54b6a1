import { type FieldProblem } from '../../../errors.js';
import { type Sandbox, SandboxError, sandboxFor, type SandboxOptions } from '../../../sandbox/sandbox.js';
import { type PromptVariable } from './content.js';
import { type CheckedValues, checkPlainValues, plainValueProblem, textOf } from './values.js';

/** Far more than any honest pattern needs, even on a busy machine. */
const matchingMs = 3_000;

/** Checks values against what a prompt's variables ask for, their patterns too. */
export class ValueChecker {
  constructor(private readonly sandbox: Pick<Sandbox, 'checkSchemas'>) {}

  /** The same, taking turns with other workspaces. */
  for(workspaceId: string): ValueChecker {
    return new ValueChecker(sandboxFor(this.sandbox, workspaceId));
  }

  /** As `checkPlainValues`, whose word on types holds. */
  async check(variables: readonly PromptVariable[], given: unknown, field: string, options?: SandboxOptions): Promise<CheckedValues> {
    const { values, problems } = checkPlainValues(variables, given, field);
    const wrong = new Set(problems.map((problem) => problem.field));
    const found = await Promise.all(
      variables.map(async (variable): Promise<FieldProblem[]> => {
        const at = `${field}.${variable.name}`;
        const message = wrong.has(at) ? undefined : await this.patternProblem(variable, values[variable.name], options);
        return message === undefined ? [] : [{ field: at, message }];
      }),
    );
    return { values, problems: [...problems, ...found.flat()] };
  }

  /** @returns why a value, which is not null, can't be this variable's */
  async problemOf(variable: PromptVariable, value: unknown): Promise<string | undefined> {
    return plainValueProblem(variable, value) ?? (await this.patternProblem(variable, value));
  }

  /** In the sandbox, since some patterns take for ever on some texts, and nobody can tell which. */
  private async patternProblem({ pattern }: PromptVariable, value: unknown, options?: SandboxOptions): Promise<string | undefined> {
    const text = textOf(value);
    if (pattern === undefined || text === undefined) return undefined;
    try {
      const [problems = []] = await this.sandbox.checkSchemas([{ schema: { pattern: wholly(pattern) }, value: text }], { timeoutMs: matchingMs, ...options });
      return problems.length > 0 ? `This must match the pattern ${pattern} from its beginning to its end.` : undefined;
    } catch (error) {
      if (!(error instanceof SandboxError)) throw error;
      return `The pattern ${pattern} takes too long on this value. Write it without repetitions within repetitions.`;
    }
  }
}

/** The pattern as it is applied: to the whole of a value. */
export function wholly(pattern: string): string {
  return `^(?:${pattern})$`;
}
