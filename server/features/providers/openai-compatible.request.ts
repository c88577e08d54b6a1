import { type JSONSchema7 } from 'ai';
import { z } from 'zod';
import { type JsonSchema, type ModelCall, type ModelMessage } from './provider.js';

export type Sdk = Awaited<ReturnType<typeof loadSdk>>;

// Loaded when first needed: most runs of the server never call a real model, and it takes long.
export async function loadSdk() {
  const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
  const { streamText, jsonSchema, Output } = await import('ai');
  globalThis.AI_SDK_LOG_WARNINGS = false;
  return { streamText, jsonSchema, Output, createOpenAICompatible };
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
      providerOptions: { openaiCompatible: { strictJsonSchema: isStrict(outputSchema) } },
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

/** OpenAI refuses to be strict about a schema with an object that has optional properties, or may have others than it names. */
function isStrict(schema: JsonSchema): boolean {
  const { properties, required, additionalProperties } = schema;
  if (isObject(properties)) {
    const demanded: readonly unknown[] = Array.isArray(required) ? required : [];
    if (additionalProperties !== false || Object.keys(properties).some((name) => !demanded.includes(name))) return false;
  } else if (schema.type === 'object') return false;
  return Object.values(schema).every((part) => partsOf(part).every(isStrict));
}

/** Whatever may be a schema within a schema. */
function partsOf(value: unknown): JsonSchema[] {
  if (Array.isArray(value)) return value.filter(isObject);
  if (!isObject(value)) return [];
  return [value, ...Object.values(value).filter(isObject)];
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
