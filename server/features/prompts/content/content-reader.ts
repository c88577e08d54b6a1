import { exactText } from '../../../input.js';
import { type InputProblems } from '../../../input-problems.js';
import { type ModelSettings, modelSettingsSchema, type PromptContent, type PromptMessage } from './content.js';
import { type ModelCatalogue } from './model-catalogue.js';
import { longestCode, type TemplateAnalyzer } from './template.js';

const mostMessages = 100;
const longestTotal = 400_000;
const contentText = exactText().refine((text) => text.trim() !== '', 'Write something.');

export interface ContentInput {
  messages: readonly Omit<PromptMessage, 'id'>[];
  settings?: object | null | undefined;
}

/**
 * Makes the content of a prompt version from what a person wrote. What is wrong with it is added to `problems`, under `input`.
 * `settings` are those of a content whose input has none.
 */
export function readContent(
  { kind, settings }: { kind: PromptContent['kind']; settings: ModelSettings },
  input: ContentInput,
  { models, templates, problems }: { models: ModelCatalogue; templates: TemplateAnalyzer; problems: InputProblems },
): PromptContent {
  const messages = input.messages.map(({ role, content }, index) => ({ id: `m${index + 1}`, role, content }));
  checkMessages(kind, messages, problems);
  return {
    kind,
    messages,
    variables: findVariables(messages, templates, problems),
    tools: [],
    settings: input.settings ? readModelSettings(input.settings, 'input.settings', models, problems) : settings,
  };
}

/** Reads model settings. What is wrong is added to `problems`; what is returned then is of no use. */
function readModelSettings(given: unknown, field: string, models: ModelCatalogue, problems: InputProblems): ModelSettings {
  const settings = problems.read(modelSettingsSchema, given, field);
  if (!settings) return { model: models.defaultModel };
  if (!models.hasModel(settings.model)) {
    problems.add(`${field}.model`, `There is no model named ${settings.model}. Choose one that \`models\` lists.`);
  }
  return settings;
}

function checkMessages(kind: PromptContent['kind'], messages: readonly PromptMessage[], problems: InputProblems): void {
  if (kind === 'TEXT' && (messages.length !== 1 || messages[0]?.role !== 'USER')) {
    problems.add('input.messages', 'A text prompt has exactly one message, of the role USER. For several messages make a chat prompt.');
  }
  if (kind === 'CHAT' && (messages.length < 1 || messages.length > mostMessages)) {
    problems.add('input.messages', `A chat prompt has 1 to ${mostMessages} messages.`);
  }
  if (messages.reduce((sum, { content }) => sum + content.length, 0) > longestTotal) {
    problems.add('input.messages', `Keep all messages together to ${longestTotal} characters.`);
  }
}

function findVariables(messages: readonly PromptMessage[], templates: TemplateAnalyzer, problems: InputProblems): PromptContent['variables'] {
  const names = new Set<string>();
  let codeLength = 0;
  for (const [index, { content }] of messages.slice(0, mostMessages).entries()) {
    const field = `input.messages.${index}.content`;
    if (problems.read(contentText, content, field) === undefined) continue;
    const analysis = templates.analyze(content);
    if (analysis.problem !== undefined) {
      problems.add(field, analysis.problem);
      continue;
    }
    for (const name of analysis.variables) names.add(name);
    codeLength += analysis.codeLength;
    if (codeLength > longestCode) {
      problems.add('input.messages', `Keep what stands within {{ }} and {% %}, over all messages, to ${longestCode} characters.`);
      break;
    }
  }
  return [...names].map((name) => ({ name, type: 'STRING', description: '', required: true }));
}
