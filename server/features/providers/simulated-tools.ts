import { type ModelChunk, type ModelMessage, type ModelTool } from './provider.js';
import { valueFor } from './simulated-structure.js';
import { plainWords } from './simulated-task.js';

/** The tools that the last user message names, as `get_weather` or "get weather", with arguments out of that message, such as `city: Oslo`. */
export function toolCallsFor(messages: readonly ModelMessage[], tools: readonly ModelTool[]): Extract<ModelChunk, { type: 'tool-call' }>[] {
  const asking = messages.findLast(({ role }) => role === 'USER')?.content ?? '';
  return tools
    .filter(({ name }) => names(asking, name))
    .map(({ name, parameters }, index) => ({ type: 'tool-call', id: `call_${index + 1}`, name, arguments: JSON.stringify(valueFor(parameters, asking)) }));
}

function names(text: string, tool: string): boolean {
  return ` ${plainWords(text)} `.includes(` ${plainWords(tool)} `);
}
