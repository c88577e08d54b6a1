import { exactText } from '../../../input.js';
import { type InputProblems } from '../../../input-problems.js';
import { type Sandbox } from '../../../sandbox/sandbox.js';
import { type ModelSettings, modelSettingsSchema, type PromptContent, type PromptKind, type PromptMessage, type PromptVariable } from './content.js';
import { type MessageInput, readMessages } from './messages.js';
import { type ModelCatalogues } from './model-catalogue.js';
import { greaterShape, type NeededShape, typeFor } from './needed-shape.js';
import { type PromptReference, referenceKey } from './reference.js';
import { includedVariables, type ReferenceResolver } from './reference-resolver.js';
import { SchemaReader } from './schema-reader.js';
import { longestCode, type ReferenceUse, TemplateAnalyzer } from './template.js';
import { ValueChecker } from './value-checker.js';
import { variableNameProblem } from './variable-name.js';
import { mostVariables, readVariables } from './variables.js';

const contentText = exactText().refine((text) => text.trim() !== '', 'Write something.');
const longestContent = 1_500_000;

/** What a person wrote. What is absent, or null, is as the base has it; an output schema of null is none. */
export interface ContentInput {
  messages: readonly MessageInput[];
  variables?: readonly object[] | null | undefined;
  settings?: object | null | undefined;
  tools?: readonly object[] | null | undefined;
  outputSchema?: unknown;
}

/** What a content is written on top of. */
export interface ContentBase {
  kind: PromptKind;
  /** The version that it changes, with the prompt that it is of; absent: the prompt is new. */
  base?: (PromptContent & { promptId?: string | undefined }) | undefined;
}

/** What the templates of a content name. */
interface Findings {
  variables: Map<string, NeededShape | undefined>;
  references: Map<string, ReferenceUse & { field: string }>;
}

/** Makes the content of prompt versions from what people wrote. */
export class ContentReader {
  private readonly templates = new TemplateAnalyzer();
  private readonly values: ValueChecker;
  private readonly schemas: SchemaReader;

  constructor(
    private readonly models: ModelCatalogues,
    private readonly references: Pick<ReferenceResolver, 'tryResolve'>,
    sandbox: Pick<Sandbox, 'checkSchemas'>,
  ) {
    this.values = new ValueChecker(sandbox);
    this.schemas = new SchemaReader(sandbox);
  }

  /**
   * Everything that is wrong is added to `problems`, under `field`; what is returned then is of no use. Variables that the templates name, or the
   * prompts that they include ask for, and that are not declared, are added. Reading what was read changes nothing.
   */
  async read(workspaceId: string, { kind, base }: ContentBase, input: ContentInput, problems: InputProblems, field = 'input'): Promise<PromptContent> {
    const schemas = this.schemas.for(workspaceId);
    const messages = readMessages(kind, input.messages, base?.messages ?? [], problems, `${field}.messages`);
    const findings = this.readTemplates(messages, problems, `${field}.messages`);
    const declared = input.variables ? await readVariables(input.variables, this.values.for(workspaceId), problems, `${field}.variables`) : (base?.variables ?? []);
    const variables = withFound(withPlaceholders(declared, messages, problems, `${field}.messages`), findings.variables);
    const content: PromptContent = {
      kind,
      messages,
      variables: [...variables, ...(await this.readReferences(workspaceId, { messages, variables, promptId: base?.promptId }, findings, problems))],
      settings: await this.readSettings(workspaceId, input.settings, base?.settings, problems, `${field}.settings`),
      tools: input.tools ? await schemas.readTools(input.tools, problems, `${field}.tools`) : (base?.tools ?? []),
    };
    const outputSchema = await readOutputSchema(schemas, input.outputSchema, base?.outputSchema, problems, `${field}.outputSchema`);
    if (outputSchema) content.outputSchema = outputSchema;
    if (content.variables.length > mostVariables) problems.add(`${field}.variables`, `Keep this to ${mostVariables} variables; with those that the templates name there are ${content.variables.length}.`);
    if (JSON.stringify(content).length > longestContent) problems.add(field, `Keep the whole prompt to ${longestContent} characters of JSON.`);
    return content;
  }

  private readTemplates(messages: readonly PromptMessage[], problems: InputProblems, field: string): Findings {
    const findings: Findings = { variables: new Map(), references: new Map() };
    let codeLength = 0;
    for (const [index, { role, content }] of messages.entries()) {
      const at = `${field}.${index}.content`;
      if (role === 'PLACEHOLDER' || problems.read(contentText, content, at) === undefined) continue;
      const analysis = this.templates.analyze(content);
      if (analysis.problem !== undefined) {
        problems.add(at, analysis.problem);
        continue;
      }
      for (const { name, shape } of analysis.variables) findings.variables.set(name, greaterShape(findings.variables.get(name), shape));
      for (const use of analysis.references) {
        const key = referenceKey(use.reference);
        if (!findings.references.has(key)) findings.references.set(key, { ...use, field: at });
      }
      codeLength += analysis.codeLength;
      if (codeLength > longestCode) {
        problems.add(field, `Keep what stands within {{ }} and {% %}, over all messages, to ${longestCode} characters.`);
        break;
      }
    }
    return findings;
  }

  /** @returns the variables that what is included asks for, beyond those that there are */
  private async readReferences(
    workspaceId: string,
    content: Pick<PromptContent, 'messages' | 'variables'> & { promptId: string | undefined },
    { references }: Findings,
    problems: InputProblems,
  ): Promise<PromptVariable[]> {
    if (references.size === 0) return [];
    const resolved = await this.references.tryResolve(workspaceId, [content]);
    for (const problem of resolved.problems) {
      const { field, line, column } = useOf(references, problem.reference);
      problems.add(field, `Line ${line}, column ${column}: ${problem.message}`);
    }
    return includedVariables(content, resolved.pins);
  }

  private async readSettings(workspaceId: string, given: unknown, base: ModelSettings | undefined, problems: InputProblems, field: string): Promise<ModelSettings> {
    const fallback = base ?? { model: this.models.defaultModel };
    if (given === undefined || given === null) return fallback;
    const settings = problems.read(modelSettingsSchema, given, field);
    if (!settings) return fallback;
    if (!(await this.models.of(workspaceId)).hasModel(settings.model)) {
      problems.add(`${field}.model`, `There is no model named ${settings.model}. Choose one that \`models\` lists.`);
    }
    return settings;
  }
}

async function readOutputSchema(schemas: SchemaReader, given: unknown, base: PromptContent['outputSchema'], problems: InputProblems, field: string): Promise<PromptContent['outputSchema']> {
  if (given === undefined) return base;
  return given === null ? undefined : schemas.readOutputSchema(given, problems, field);
}

function useOf(references: Findings['references'], reference: PromptReference): ReferenceUse & { field: string } {
  const use = references.get(referenceKey(reference));
  if (!use) throw new Error(`${reference.path} is not among the references that were found.`);
  return use;
}

function withFound(variables: readonly PromptVariable[], found: Findings['variables']): PromptVariable[] {
  const names = new Set(variables.map(({ name }) => name));
  const added = [...found].filter(([name]) => !names.has(name));
  return [...variables, ...added.map(([name, shape]): PromptVariable => ({ name, type: typeFor(shape), description: '', required: true }))];
}

function withPlaceholders(variables: readonly PromptVariable[], messages: readonly PromptMessage[], problems: InputProblems, field: string): PromptVariable[] {
  const byName = new Map(variables.map((variable) => [variable.name, variable]));
  for (const [index, { role, content: name }] of messages.entries()) {
    if (role !== 'PLACEHOLDER') continue;
    const at = `${field}.${index}.content`;
    const misnamed = variableNameProblem(name);
    const known = byName.get(name);
    if (misnamed) problems.add(at, `Name a variable of the type MESSAGES: ${misnamed}`);
    else if (!known) byName.set(name, { name, type: 'MESSAGES', description: '', required: false });
    else if (known.type !== 'MESSAGES') problems.add(at, `The variable ${name} is a ${known.type}. A placeholder needs one of the type MESSAGES.`);
  }
  return [...byName.values()];
}
