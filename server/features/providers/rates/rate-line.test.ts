import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { RateLine } from './rate-line.js';

const minute = 60_000;
const one = { requests: 1, tokens: 0 };

test('As many as are allowed in a minute go ahead, and the others in their turn', () => {
  const line = new RateLine({ requestsPerMinute: 2 });
  const asked = ['a', 'b', 'c', 'd', 'e'].map((who) => line.take(who, one, 0));
  expect(asked).toEqual([undefined, undefined, 61_000, 61_000, 122_000]);
  expect(line.take('e', one, 61_000)).toBe(122_000);
  expect(line.take('new', one, 61_000)).toBe(122_000);
  expect(line.take('c', one, 61_000)).toBeUndefined();
  expect(line.take('d', one, 61_000)).toBeUndefined();
});

test('Tokens are counted as requests are, and what is more than a minute’s share has one to itself', () => {
  const line = new RateLine({ tokensPerMinute: 100 });
  const ask = (who: string, tokens: number, now: number) => line.take(who, { requests: 1, tokens }, now);
  expect([ask('a', 60, 0), ask('b', 40, 0), ask('c', 1, 0)]).toEqual([undefined, undefined, 61_000]);
  expect(ask('huge', 1_000, 0)).toBe(122_000);
  line.correct('a', -50);
  expect(ask('c', 1, 1_000)).toBeUndefined();
});

test('Whoever does not come in time loses the place, and a place that is given back is free', () => {
  const line = new RateLine({ requestsPerMinute: 1 });
  expect(line.take('a', one, 0)).toBeUndefined();
  expect(line.take('gone', one, 0)).toBe(61_000);
  expect(line.take('b', one, 61_001)).toBe(122_001);
  expect(line.take('b', one, 92_000)).toBeUndefined();
  line.giveBack('b');
  expect(line.take('c', one, 92_000)).toBeUndefined();
});

describe('A pause', () => {
  it('holds everybody, in their order, and then as many go ahead as may', () => {
    const line = new RateLine({ requestsPerMinute: 2 });
    line.pause(30_000);
    expect(['a', 'b', 'c'].map((who) => line.take(who, one, 0))).toEqual([30_000, 30_000, 91_000]);
    expect(['c', 'a', 'b'].map((who) => line.take(who, one, 30_000))).toEqual([91_000, undefined, undefined]);
  });

  it('holds those whom no budget limits', () => {
    const line = new RateLine({});
    line.pause(30_000);
    expect(line.take('a', one, 0)).toBe(30_000);
    expect(line.isIdle(0)).toBe(false);
    expect(line.take('a', one, 30_000)).toBeUndefined();
  });
});

test('However callers come and go, no minute has more than is allowed, and all are served', () => {
  const callers = fc.array(fc.record({ after: fc.integer({ min: 0, max: 20_000 }), late: fc.integer({ min: 0, max: 29_000 }), requests: fc.integer({ min: 1, max: 3 }), tokens: fc.integer({ min: 0, max: 40 }) }), { maxLength: 60 });
  fc.assert(
    fc.property(callers, (arrivals) => {
      const line = new RateLine({ requestsPerMinute: 5, tokensPerMinute: 60 });
      const sent: { at: number; requests: number; tokens: number }[] = [];
      let clock = 0;
      const due = arrivals.map((arrival, index) => ({ ...arrival, who: String(index), at: (clock += arrival.after) }));
      for (let rounds = 0; due.length > 0; rounds++) {
        expect(rounds).toBeLessThan(10_000);
        due.sort((a, b) => a.at - b.at);
        const next = due.shift();
        if (!next) break;
        const { who, at, late, ...demand } = next;
        const until = line.take(who, demand, at);
        if (until === undefined) sent.push({ at, ...demand });
        else due.push({ ...next, at: until + late });
      }
      expect(sent).toHaveLength(arrivals.length);
      for (const { at } of sent) {
        const inMinute = sent.filter((other) => other.at <= at && other.at > at - minute);
        expect(inMinute.reduce((sum, { requests }) => sum + requests, 0)).toBeLessThanOrEqual(5);
        expect(inMinute.reduce((sum, { tokens }) => sum + tokens, 0)).toBeLessThanOrEqual(60);
      }
    }),
    { numRuns: 200 },
  );
});
