import { z } from 'zod';
import { type FieldProblem } from '../../../errors.js';
import { jsonProblem } from '../../../input-problems.js';
import { type InputSchemas } from '../../workflows/input-schemas.js';
import { type ApprovalWait } from './decision.js';

type Form = NonNullable<ApprovalWait['fields']>;

const longestValues = 100_000;
const objectSchema = z.record(z.string(), z.unknown()).catch({});
const namesSchema = z.array(z.string()).catch([]);

/** Holds what was filled in against an approval's form. */
export class ApprovalValues {
  constructor(private readonly schemas: Pick<InputSchemas, 'misfitsOf'>) {}

  /** @returns what is wrong, beside the field where it is one. @param form undefined: nothing is to be filled in */
  async problemsOf(workspaceId: string, form: Form | undefined, values: unknown): Promise<FieldProblem[]> {
    if (!form) return values === null ? [] : [{ field: 'input.values', message: 'Nothing is to be filled in here. Leave the values out.' }];
    const problem = jsonProblem(values, longestValues);
    if (problem) return [{ field: 'input.values', message: problem }];
    const all = await this.schemas.misfitsOf(workspaceId, form, values ?? {});
    if (all.length === 0) return [];
    const found = await Promise.all(
      Object.keys(objectSchema.parse(form.properties)).map(async (name): Promise<FieldProblem[]> => {
        const misfits = await this.schemas.misfitsOf(workspaceId, formOf(form, name), partOf(values, name));
        return misfits.map((message) => ({ field: `input.values.${name}`, message }));
      }),
    );
    const beside = found.flat();
    const rest = all.filter((message) => !beside.some((other) => other.message === message));
    return [...beside, ...rest.map((message) => ({ field: 'input.values', message }))];
  }
}

/** What a form asks of one of its fields. */
function formOf(form: Form, name: string): Form {
  const required = namesSchema.parse(form.required).filter((each) => each === name);
  return { ...form, properties: partOf(form.properties, name), required, additionalProperties: true };
}

function partOf(object: unknown, name: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(objectSchema.parse(object)).filter(([each]) => each === name));
}
