import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { type JsonSchema, type ModelCall, type ModelMessage } from './provider.js';
import { SimulatedProvider } from './simulated.provider.js';
import { countTokens } from './token-count.js';

const document = `# The harbour report

The harbour of Lindholm has been rebuilt since 2019. Dr. Ana Berg leads the project. Its three new docks let twice as many ships unload each day, and the waiting time has fallen from nine hours to two.

## Costs

The city paid 40 million euros for the docks. Half of the money came from a **state fund**. Fishermen had opposed the plan, because the docks took their moorings; they were given a basin of their own in 2021.

## What comes next

- A rail link to the docks is planned for 2027.
- The old cranes will become a museum
- Ships will get power from land, which cuts diesel fumes in the harbour by a third.

Nobody knows yet who will pay for the rail link. The council votes in May.`;

function user(content: string): ModelMessage {
  return { role: 'USER', content };
}

async function ask(messages: ModelMessage[], more: Partial<ModelCall> = {}) {
  const chunks: string[] = [];
  const toolCalls: { name: string; arguments: unknown }[] = [];
  const stream = new SimulatedProvider().stream({ model: 'instant', messages, signal: new AbortController().signal, ...more });
  for await (const chunk of stream) {
    if (chunk.type === 'finish') return { text: chunks.join(''), chunks, toolCalls, finishReason: chunk.finishReason, usage: chunk.usage };
    if (chunk.type === 'text') chunks.push(chunk.text);
    else toolCalls.push({ name: chunk.name, arguments: JSON.parse(chunk.arguments) as unknown });
  }
  throw new Error('The stream ended without a finish.');
}

const answer = async (...messages: ModelMessage[]) => (await ask(messages)).text;
const sentenceCount = (text: string) => text.match(/[.!?](?=\s|$)/g)?.length ?? 0;

describe('the answer', () => {
  it('carries the content of a text through a chain of prompts', async () => {
    const points = await answer(user(`List the key points of the text below as bullet points.\n\n${document}`));
    const summary = await answer(user(`Draft a summary in two sentences from these key points:\n\n${points}`));
    const headline = await answer({ role: 'SYSTEM', content: 'You are an editor.' }, user(`Write a headline for this summary.\n\n${summary}`));
    expect(points.split('\n').every((line) => /^- .*\.$/.test(line))).toBe(true);
    expect(sentenceCount(summary)).toBe(2);
    for (const sentence of summary.split(/(?<=\.) /)) expect(points).toContain(sentence);
    expect(headline).toBe('The harbour of Lindholm has been rebuilt since 2019');
  });

  it.each([
    ['Summarize in one sentence:', 1],
    ['Please summarise the text in exactly three short sentences.', 3],
    ['Write a two-sentence summary of the document.', 2],
    ['From the following text, write a summary of 4 sentences.', 4],
  ])('has as many sentences as asked for: %s', async (instruction, count) => {
    expect(sentenceCount(await answer(user(`${instruction}\n\n${document}`)))).toBe(count);
  });

  it.each([
    ['Give the three most important facts as bullets.', /^(- .+\n?){3}$/],
    ['Write four questions about the text.', /^(\d\. .+\?\n?){4}$/],
    ['Name 4 keywords.', /^\w+(, \w+){3}$/],
    ['Suggest a title.', /^[^\n.]{10,90}$/],
  ])('has the form that was asked for, before the text or after it: %s', async (instruction, form) => {
    expect(await answer(user(`${instruction}\n\n${document}`))).toMatch(form);
    expect(await answer(user(`${document}\n\n${instruction}`))).toMatch(form);
    expect(await answer({ role: 'SYSTEM', content: instruction }, user(document))).toMatch(form);
  });

  it.each([
    `Summarise the text for a busy reader. Keep it factual.\n\nText:\n${document}`,
    `You are given a report. Write a summary.\n\n<document>\n${document}\n</document>\n\nReturn only the summary.`,
    `Summarise: ${document}`,
    `Fasse den folgenden Bericht für eilige Leser zusammen.\n\n${document}`,
  ])('holds sentences of the text and nothing of the instruction', async (content) => {
    const text = await answer(user(content));
    expect(sentenceCount(text)).toBeGreaterThan(1);
    for (const sentence of text.split(/(?<=\.) /)) expect(document).toContain(sentence);
    expect(text).not.toMatch(/summar|busy|report|factual|fasse|document/i);
  });

  it('works on what was said before when the last message has no text', async () => {
    expect(await answer(user('Summarise.'), { role: 'ASSISTANT', content: 'Cats sleep all day.' }, user('Now give me a headline.'))).toBe('Cats sleep all day');
  });

  it('reads texts that are not in English', async () => {
    expect(await answer(user('Summarise in one sentence:\n\n三个新码头使每天可卸货的船只增加了一倍。渔民反对该计划。'))).toBe('三个新码头使每天可卸货的船只增加了一倍。');
    expect(await answer(user('Title?\n\nتم تجديد الميناء منذ عام 2019. دفعت المدينة أربعين مليون يورو.'))).toMatch(/^تم تجديد الميناء/);
  });

  it.each(['', '   \n', 'Summarise the text.\n\n', '---', 'What is the capital of France?'])('says so when there is no text: %j', async (content) => {
    expect(await answer(user(content))).toBe('There is no text to work on.');
  });

  it('is the same for the same messages, and never fails', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'binary', maxLength: 100 }), { maxLength: 5 }), async (paragraphs) => {
        const messages = [user(paragraphs.join('\n\n'))];
        const [first, second] = [await ask(messages), await ask(messages)];
        expect(first).toEqual(second);
        expect(first.text).not.toBe('');
      }),
    );
  });
});

describe('the brief model', () => {
  it.each(['Summarise.', 'List the key points.', 'Name keywords.'])('says less, of what the others say: %s', async (instruction) => {
    const messages = [user(`${instruction}\n\n${document}`)];
    const [usual, brief] = [await ask(messages), await ask(messages, { model: 'brief' })];
    expect(brief.usage.outputTokens).toBeLessThan(usual.usage.outputTokens);
    expect(brief.text).not.toBe('');
  });

  it('says as much as it is asked for', async () => {
    expect(sentenceCount((await ask([user(`Summarise in three sentences.\n\n${document}`)], { model: 'brief' })).text)).toBe(3);
  });
});

describe('tools', () => {
  const tools = [
    {
      name: 'get_weather',
      description: 'The weather now',
      parameters: { type: 'object', properties: { city: { type: 'string' }, days: { type: 'integer', minimum: 1 }, unit: { enum: ['celsius', 'fahrenheit'] } }, required: ['city'] },
    },
    { name: 'sendMail', description: 'Sends a mail', parameters: { type: 'object', properties: { urgent: { type: 'boolean' } } } },
  ];

  it.each([
    ['Call get_weather with city: Oslo, days: 3.', { city: 'Oslo', days: 3, unit: 'celsius' }],
    ['Get weather. The city is "New York", in Fahrenheit.', { city: 'New York', unit: 'fahrenheit' }],
  ])('are called when the last user message names them, with what it states: %s', async (content, given) => {
    const { text, toolCalls, finishReason } = await ask([user(content)], { tools });
    expect({ text, toolCalls, finishReason }).toEqual({ text: '', toolCalls: [{ name: 'get_weather', arguments: expect.objectContaining(given) }], finishReason: 'tool-calls' });
  });

  it('may be several', async () => {
    const { toolCalls } = await ask([user('First send mail (urgent: yes), then get_weather.')], { tools });
    expect(toolCalls.map(({ name }) => name)).toEqual(['get_weather', 'sendMail']);
    expect(toolCalls[1]).toEqual({ name: 'sendMail', arguments: { urgent: true } });
  });

  it.each([
    [[user('Call get_weather.'), { role: 'ASSISTANT' as const, content: 'It rains.' }, user('Thanks.')]],
    [[user('Whether or not: get weathered wood.')]],
  ])('are left alone otherwise', async (messages) => {
    expect(await ask(messages, { tools })).toMatchObject({ toolCalls: [], finishReason: 'stop' });
  });
});

describe('structured output', () => {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  const structure = async (outputSchema: JsonSchema, content = `Read this:\n\n${document}`): Promise<unknown> =>
    JSON.parse((await ask([user(content)], { outputSchema })).text) as unknown;

  it('is made of the text, by the names of the properties', async () => {
    const answered = await structure({
      type: 'object',
      properties: { title: { type: 'string' }, summary: { type: 'string', maxLength: 40 }, keywords: { type: 'array', items: { type: 'string' }, maxItems: 2 }, team: { type: 'string' } },
    }, `Read this:\n\n${document}\n\nTeam: Harbour masters.`);
    expect(answered).toEqual({
      title: 'The harbour of Lindholm has been rebuilt since 2019',
      summary: expect.stringMatching(/^The harbour of Lindholm.{17}$/),
      keywords: ['docks', expect.any(String)],
      team: 'Harbour masters',
    });
  });

  it.each<[JsonSchema]>([
    [{ type: 'object', properties: { a: { $ref: '#/$defs/b' } }, $defs: { b: { type: 'integer', minimum: 7, multipleOf: 5 } } }],
    [{ type: 'array', items: { anyOf: [{ type: 'string', minLength: 400 }, { type: 'null' }] }, minItems: 5 }],
    [{ allOf: [{ type: 'object', properties: { a: { const: 1 } }, required: ['a'] }, { properties: { b: { format: 'date-time', type: 'string' } }, required: ['b'] }] }],
    [{ $ref: '#/$defs/tree', $defs: { tree: { type: 'object', properties: { name: { type: 'string' }, parts: { type: 'array', items: { $ref: '#/$defs/tree' } } }, required: ['name'] } } }],
    [{ type: ['null', 'number'], exclusiveMinimum: 0, exclusiveMaximum: 1 }],
    [{ type: 'array', prefixItems: [{ type: 'boolean' }, { enum: ['x', 2] }], items: false, minItems: 2 }],
    [{ type: 'object', required: ['__proto__', 'constructor'] }],
    [{}],
  ])('fits %j', async (schema) => {
    const validate = ajv.compile(schema);
    const answered = await structure(schema);
    validate(answered);
    expect(validate.errors ?? []).toEqual([]);
  });

  it('fits schemas of any make, and is the same each time', async () => {
    const validators = new Ajv2020({ strict: false });
    await fc.assert(
      fc.asyncProperty(schemas, fc.string({ maxLength: 50 }), async (schema, content) => {
        const answered = await structure(schema, content);
        const validate = validators.compile(schema);
        expect({ schema, errors: (validate(answered), validate.errors) }).toEqual({ schema, errors: null });
        expect(await structure(schema, content)).toEqual(answered);
      }),
    );
  });

  it('ends in the middle at the limit of tokens', async () => {
    const { text, finishReason } = await ask([user(document)], { outputSchema: { type: 'object', properties: { title: {}, text: {} } }, maxOutputTokens: 8 });
    expect(finishReason).toBe('length');
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
  });
});

const { schemas } = fc.letrec<{ schemas: JsonSchema }>((tie) => {
  const some = (least: number, most: number) => fc.tuple(fc.integer({ min: least, max: most }), fc.nat(20)).map(([from, more]) => ({ from, to: from + more }));
  const inner = tie('schemas');
  const name = fc.constantFrom('title', 'summary', 'keywords', 'items', 'dueDate', 'x y', 'ß', '$', 'count');
  return {
    schemas: fc.oneof(
      { depthSize: 'small' },
      some(0, 30).map(({ from, to }) => ({ type: 'string', minLength: from, maxLength: to })),
      some(-50, 50).map(({ from, to }) => ({ type: 'integer', minimum: from, maximum: to })),
      some(-50, 50).map(({ from, to }) => ({ type: 'number', minimum: from, exclusiveMaximum: to + 1 })),
      fc.uniqueArray(fc.oneof(fc.string(), fc.integer(), fc.boolean()), { minLength: 1, maxLength: 4 }).map((options) => ({ enum: options })),
      fc.constantFrom<JsonSchema>({ type: 'boolean' }, { type: 'null' }, { type: ['string', 'null'] }, {}),
      fc.tuple(inner, some(0, 4)).map(([items, { from, to }]) => ({ type: 'array', items, minItems: from, maxItems: to })),
      fc.dictionary(name, inner, { maxKeys: 4 }).map((properties) => ({ type: 'object', properties, required: Object.keys(properties).slice(1), additionalProperties: false })),
      fc.tuple(inner, inner).map((options) => ({ anyOf: options })),
    ),
  };
});

describe('the stream', () => {
  it('comes word by word and adds up to the answer', async () => {
    const { chunks, text, finishReason, usage } = await ask([user('Summarise: Cats sleep all day. 猫睡觉。')]);
    expect(chunks.slice(0, 4)).toEqual(['Cats', ' sleep', ' all', ' day.']);
    expect(text).toBe('Cats sleep all day. 猫睡觉。');
    expect(finishReason).toBe('stop');
    expect(usage.outputTokens).toBe(countTokens(text));
  });

  it('stops at the limit of tokens', async () => {
    const { text, finishReason, usage } = await ask([user(`Summarise:\n\n${document}`)], { maxOutputTokens: 5 });
    expect(finishReason).toBe('length');
    expect(text).toBe('The harbour of');
    expect(usage.outputTokens).toBe(countTokens(text));
  });

  it('keeps the pace of a real model', async () => {
    const start = performance.now();
    const { chunks } = await ask([user('Summarise: Cats sleep all day.')], { model: 'extract' });
    expect(performance.now() - start).toBeGreaterThan(chunks.length * 14);
  });

  it.each(['extract', 'instant'])('ends on abort with its reason: %s', async (model) => {
    const abort = new AbortController();
    const stream = new SimulatedProvider().stream({ model, messages: [user(document)], signal: abort.signal })[Symbol.asyncIterator]();
    await stream.next();
    abort.abort(new Error('cancelled'));
    await expect(stream.next()).rejects.toThrow('cancelled');
  });

  it.each([
    ['since', 'The harbour of Lindholm has been rebuilt', 'stop'],
    ['nowhere', 'The harbour of Lindholm has been rebuilt since 2019.', 'stop'],
    ['T', '', 'stop'],
  ])('ends before a stop sequence: %s', async (stop, text, finishReason) => {
    const answered = await ask([user(`Summarise in one sentence:\n\n${document}`)], { stopSequences: ['unheard of', stop] });
    expect(answered.text.trim()).toBe(text);
    expect(answered.finishReason).toBe(finishReason);
  });

  it('refuses a model that it does not have', async () => {
    await expect(ask([user('x')], { model: 'gpt' })).rejects.toMatchObject({ code: 'REFUSED', message: expect.stringContaining('extract') });
  });
});

it.each([
  ['', 0],
  ['The cat sat.', 4],
  ['internationalisation', 4],
  ['2,019', 3],
  ['猫睡觉。', 4],
  ['Straße', 2],
])('counts the tokens of %j', (text, tokens) => {
  expect(countTokens(text)).toBe(tokens);
});
