import { type JSONSchema7 } from 'ai';
import { z } from 'zod';
import { type ModelCall, type ModelMessage } from '../provider.js';

export type Sdk = Awaited<ReturnType<typeof loadSdk>>;

// Loaded when first needed: most runs of the server never call a real model, and it takes long.
export async function loadSdk() {
  const { streamText, jsonSchema, Output } = await import('ai');
  globalThis.AI_SDK_LOG_WARNINGS = false;
  return { streamText, jsonSchema, Output };
}

/** What is asked, as `streamText` takes it. */
export function toSdkRequest(sdk: Sdk, call: ModelCall) {
  const { messages, temperature, topP, maxOutputTokens, seed, stopSequences = [], tools = [], outputSchema } = call;
  return {
    messages: messages.map(toSdkMessage),
    allowSystemInMessages: true,
    temperature,
    topP,
    maxOutputTokens,
    seed,
    stopSequences: stopSequences.length > 0 ? [...stopSequences] : undefined,
    // Without `execute`: what the model asks for is reported, not done.
    tools: tools.length > 0 ? Object.fromEntries(tools.map((tool) => [tool.name, toSdkTool(sdk, tool)])) : undefined,
    ...(outputSchema && {
      // `Output.object` would hold the text back until its JSON can be mended, and read all of it again for each piece.
      output: { ...sdk.Output.text(), responseFormat: Promise.resolve({ type: 'json' as const, name: 'answer', schema: sdkSchema.parse(outputSchema) }) },
    }),
  };
}

const sdkSchema = z.custom<JSONSchema7>((value) => typeof value === 'object' && value !== null);

function toSdkTool(sdk: Sdk, { description, parameters }: NonNullable<ModelCall['tools']>[number]) {
  return { description, inputSchema: sdk.jsonSchema(sdkSchema.parse(parameters)) };
}

function toSdkMessage({ role, content }: ModelMessage) {
  if (role === 'SYSTEM') return { role: 'system' as const, content };
  if (role === 'USER') return { role: 'user' as const, content };
  return { role: 'assistant' as const, content };
}
