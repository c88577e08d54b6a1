import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RateLimitedError } from '../errors.js';
import { type Sandbox, SandboxError, type SandboxErrorCode } from './sandbox.js';
import { startWorkers } from './worker-sandbox.js';

let sandbox: Sandbox;
beforeAll(() => {
  sandbox = startWorkers();
});
afterAll(() => sandbox.close());

async function problemOf(work: Promise<unknown>): Promise<SandboxError> {
  const outcome = await work.then((value) => ({ value }), (error: unknown) => ({ error }));
  if ('error' in outcome && outcome.error instanceof SandboxError) return outcome.error;
  throw new Error(`Expected a SandboxError, got ${JSON.stringify(outcome)}.`);
}

describe('expressions', () => {
  it.each<[string, unknown, unknown]>([
    ['items[price > 10].name', { items: [{ name: 'a', price: 5 }, { name: 'b', price: 20 }, { name: 'c', price: 30 }] }, ['b', 'c']],
    ['$sum(items.price)', { items: [{ price: 5 }, { price: 20 }] }, 25],
    ['{"title": $uppercase(title), "gone": missing}', { title: 'höhe' }, { title: 'HÖHE' }],
    ['nothing.here', {}, null],
    ['$$', [[1], []], [[1], []]],
    ['$', { __proto__: null, deep: [null, { '': 0 }] }, { deep: [null, { '': 0 }] }],
  ])('%s', async (expression, input, expected) => {
    expect(await sandbox.evaluate(expression, input)).toEqual(expected);
  });

  it('give plain arrays, without the marks of a sequence', async () => {
    expect(Object.getOwnPropertyNames(await sandbox.evaluate('a.b', { a: [{ b: 1 }, { b: 2 }] }))).toEqual(['0', '1', 'length']);
  });

  it('say what is wrong with the syntax, and where', async () => {
    expect(await problemOf(sandbox.evaluate('$sum(items', {}))).toMatchObject({
      code: 'SYNTAX',
      message: 'Expected ")" before end of expression, at character 10.',
    });
  });

  it('say what failed on the values', async () => {
    expect(await problemOf(sandbox.evaluate('a + 1', { a: 'x' }))).toMatchObject({
      code: 'RUNTIME',
      message: expect.stringContaining('The left side of the "+" operator must evaluate to a number'),
    });
  });

  it.each(['function($x){$x}', '[$sum]', '{"f": /a/}'])('refuse to give back a function: %s', async (expression) => {
    expect(await problemOf(sandbox.evaluate(expression, {}))).toMatchObject({ code: 'RUNTIME', message: expect.stringContaining('holds a function') });
  });

  it('remember nothing from one evaluation to the next', async () => {
    const expression = '($before := $seen; $seen := secret; $before)';
    expect(await sandbox.evaluate(expression, { secret: 1 })).toBeNull();
    expect(await sandbox.evaluate(expression, { secret: 2 })).toBeNull();
  });

  it.each(['constructor', '__proto__', 'a.constructor', '"x".constructor', '$lookup(a, "__proto__")', '$sum.constructor', 'toString'])(
    'find no prototype: %s',
    async (expression) => {
      expect(await sandbox.evaluate(expression, { a: {} })).toBeNull();
    },
  );

  it('leave the built-in objects as they are, whatever keys an object has', async () => {
    await sandbox.evaluate('$merge([{"__proto__": {"polluted": 1}}, {"constructor": {"prototype": {"polluted": 1}}}])', {});
    await sandbox.evaluate('$ ~> |a|{"__proto__": {"polluted": 1}}|', { a: {} });
    expect(await sandbox.evaluate('[polluted, a.polluted, {}.polluted]', { a: {} })).toEqual([]);
  });

  it('refuse a function that is smuggled in as a value', async () => {
    const smuggled = { f: JSON.parse('{"_jsonata_function": true, "implementation": {"apply": "x"}}') as unknown };
    expect((await problemOf(sandbox.evaluate('f(1)', smuggled))).code).toBe('RUNTIME');
  });
});

describe('templates', () => {
  it('render variables, conditions, loops and filters', async () => {
    expect(
      await sandbox.render(['Dear {{ name | capitalize }},', '{% for n in notes %}- {{ n }}\n{% endfor %}{% if urgent %}Now!{% endif %}'], {
        name: 'ada',
        notes: ['one', 'two'],
        urgent: true,
      }),
    ).toEqual(['Dear Ada,', '- one\n- two\nNow!']);
  });

  it('give back any string as it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        expect(await sandbox.render(['{{ text }}', '[{{ text }}]'], { text })).toEqual([text, `[${text}]`]);
      }),
    );
  });

  it('render the braces of a value and of a raw block as they are', async () => {
    expect(await sandbox.render(['{{ a }} {% raw %}{{ a }}{% endraw %}'], { a: '{{ b }}' })).toEqual(['{{ b }} {{ a }}']);
  });

  it('render objects and lists as JSON', async () => {
    expect(await sandbox.render(['{{ o }} {{ l }} {{ n }} {{ b }} {{ nothing }}.'], { o: { a: [1] }, l: ['x', 2], n: 1.5, b: false, nothing: null })).toEqual([
      '{"a":[1]} ["x",2] 1.5 false .',
    ]);
  });

  it('name every unknown variable, in whichever branch it is', async () => {
    expect(await problemOf(sandbox.render(['{{ given }}{% if given %}{% else %}{{ titel }}{% endif %}{% if nots %}{% endif %}'], { given: 1 }))).toMatchObject({
      code: 'RUNTIME',
      message: 'The template uses the variables `titel`, `nots`, which are not given.',
    });
  });

  it('may be long and name many variables', async () => {
    const names = Array.from({ length: 500 }, (_, index) => `v${index}`);
    const variables = Object.fromEntries(names.map((name) => [name, '']));
    const filling = 'A line of text.\n'.repeat(25);
    expect(await sandbox.render([names.map((name) => `${filling}{{ ${name} }}`).join('')], variables)).toEqual([filling.repeat(500)]);
  });

  it('take the names that a template makes itself as known', async () => {
    const template = '{% assign a = 1 %}{% capture b %}2{% endcapture %}{{ a }}{{ b }}{% for i in (1..2) %}{{ forloop.index }}{{ i }}{% endfor %}';
    expect(await sandbox.render([template], {})).toEqual(['121122']);
  });

  it('name a property that is not there, unless the template asks whether it is', async () => {
    expect((await problemOf(sandbox.render(['{{ user.nick }}'], { user: {} }))).message).toBe('Undefined variable: user.nick, at line 1, column 4.');
    expect(await sandbox.render(['{{ user.nick | default: "you" }}{% if user.nick %}!{% endif %}'], { user: {} })).toEqual(['you']);
  });

  it.each(['{{ user.constructor }}', '{{ user.__proto__ }}', '{{ user["constructor"] }}', '{{ constructor }}', '{{ __proto__ }}', '{{ toString }}'])(
    'find no prototype: %s',
    async (template) => {
      expect((await problemOf(sandbox.render([template], { user: {} }))).code).toBe('RUNTIME');
    },
  );

  it.each(['{% include "package.json" %}', '{% render "package.json" %}', '{% layout "package.json" %}', '{% include name %}'])(
    'read no file: %s',
    async (template) => {
      expect(await problemOf(sandbox.render([template], { name: 'package.json' }))).toMatchObject({
        code: 'SYNTAX',
        message: expect.stringContaining("isn't available"),
      });
    },
  );

  it.each([
    ['Hello {{ name', 'Output "{{ name" not closed, at line 1, column 7.'],
    ['a\n{% if x %}', 'Tag {% if x %} not closed, at line 2, column 1.'],
    ['{{ x | shout }}', 'Undefined filter: shout, at line 1, column 1.'],
  ])('say what is wrong with the syntax, and where: %j', async (template, message) => {
    expect(await problemOf(sandbox.render([template], { x: 1, name: 1 }))).toMatchObject({ code: 'SYNTAX', message });
  });
});

describe('what does not end, or wants too much', () => {
  const endless: [string, () => Promise<unknown>, SandboxErrorCode][] = [
    ['an endless recursion', () => sandbox.evaluate('($f := function($n){ $f($n + 1) }; $f(1))', {}, { timeoutMs: 200 }), 'TIMEOUT'],
    ['a catastrophic regular expression', () => sandbox.evaluate('$match(t, /^(a+)+$/)', { t: `${'a'.repeat(50)}!` }, { timeoutMs: 200 }), 'TIMEOUT'],
    ['loops in loops in loops', () => sandbox.render([`${'{% for i in (1..40000) %}'.repeat(3)}${'{% endfor %}'.repeat(3)}`], {}, { timeoutMs: 200 }), 'TIMEOUT'],
    ['a deep recursion', () => sandbox.evaluate('($f := function($n){ 1 + $f($n + 1) }; $f(1))', {}), 'LIMIT'],
    ['a map of a map', () => sandbox.evaluate('$map([1..10000000], function($x){ [$x..10000000] })', {}, { timeoutMs: 20_000 }), 'LIMIT'],
    ['a text that doubles', () => sandbox.evaluate('($f := function($s){ $f($s & $s) }; $f("a"))', {}), 'LIMIT'],
    ['a text that is padded', () => sandbox.evaluate('$uppercase($pad("x", 400000000))', {}, { timeoutMs: 20_000 }), 'LIMIT'],
    ['a template with a long range', () => sandbox.render(['{% for i in (1..100000000) %}{{ i }}{% endfor %}'], {}), 'LIMIT'],
    ['a result over 5 MB', () => sandbox.evaluate('$pad("x", 5000000)', {}), 'LIMIT'],
    ['a text over 5 MB', () => sandbox.render(['{{ a }}{{ a }}'], { a: 'x'.repeat(2_600_000) }), 'LIMIT'],
  ];
  it.each(endless)('%s is ended, and the next request is answered', async (_name, run, code) => {
    expect((await problemOf(run())).code).toBe(code);
    expect(await sandbox.evaluate('1 + 1', {})).toBe(2);
  });

  it('does not lose the requests that wait behind it', async () => {
    const bomb = problemOf(sandbox.evaluate('($f := function(){ $f() }; $f())', {}, { timeoutMs: 300 }));
    const behind = Array.from({ length: 20 }, (_, n) => sandbox.evaluate('n * 2', { n }));
    expect(await Promise.all(behind)).toEqual(Array.from({ length: 20 }, (_, n) => n * 2));
    expect((await bomb).code).toBe('TIMEOUT');
  });

  it('is ended on abort with the reason of the abort', async () => {
    const abort = new AbortController();
    const running = sandbox.evaluate('($f := function(){ $f() }; $f())', {}, { timeoutMs: 20_000, signal: abort.signal });
    const waiting = sandbox.evaluate('1', {}, { signal: abort.signal });
    abort.abort(new Error('cancelled'));
    const ended = await Promise.allSettled([running, waiting]);
    expect(ended).toMatchObject([0, 1].map(() => ({ status: 'rejected', reason: { message: 'cancelled' } })));
    expect(await sandbox.evaluate('1', {})).toBe(1);
  });

  it('is refused before it is sent when it is nested too deep', async () => {
    let deep: unknown = 1;
    for (let depth = 0; depth < 100_000; depth++) deep = [deep];
    expect((await problemOf(sandbox.evaluate('1', deep))).code).toBe('RUNTIME');
    expect(await sandbox.evaluate('1', {})).toBe(1);
  });
});

describe('whoever asks for much', () => {
  const bomb = `${'{% for i in (1..9000) %}'.repeat(3)}${'{% endfor %}'.repeat(3)}`;

  it('lets others have their turn between two of its own', async () => {
    const single = startWorkers({ workers: 1 });
    const order: string[] = [];
    const asked = ['b1', 'b2', 'b3', 'a1', 'c1', 'a2'].map(async (name) => {
      await single.evaluate('1', {}, { fairnessKey: name.charAt(0) });
      order.push(name);
    });
    await Promise.all(asked);
    await single.close();
    expect(order).toEqual(['b1', 'a1', 'c1', 'b2', 'a2', 'b3']);
  });

  it('never holds all workers', async () => {
    const pair = startWorkers({ workers: 2 });
    const stop = new AbortController();
    const bombs = Array.from({ length: 10 }, () => pair.render([bomb], {}, { timeoutMs: 60_000, fairnessKey: 'b', signal: stop.signal }));
    const outcomes = Promise.allSettled(bombs);
    expect(await pair.render(['Hi {{ n }}'], { n: 'Ada' }, { fairnessKey: 'a' })).toEqual(['Hi Ada']);
    stop.abort(new Error('enough'));
    expect(new Set((await outcomes).map(({ status }) => status))).toEqual(new Set(['rejected']));
    await pair.close();
  });

  it('is refused while as much of it waits as may, which others do not feel', async () => {
    const single = startWorkers({ workers: 1 });
    const ask = (fairnessKey: string, mostWaiting?: number) => single.evaluate('1', {}, { fairnessKey, mostWaiting });
    const asked = [ask('b', 2), ask('b', 2), ask('a', 2), ask('b')];
    await expect(ask('b', 2)).rejects.toThrow(RateLimitedError);
    expect(await Promise.all(asked)).toEqual([1, 1, 1, 1]);
    expect(await ask('b', 2)).toBe(1);
    await single.close();
  });
});

it('A closed sandbox rejects what is under way and what comes', async () => {
  const closing = startWorkers();
  const pending = closing.evaluate('1', {});
  const settled = expect(pending).rejects.toThrow('closed');
  await closing.close();
  await settled;
  await expect(closing.render([''], {})).rejects.toThrow('closed');
});
