import { expect, test } from '@jest/globals';
import { samplePayload } from './sample-payload.js';

test('A sample has whatever the mapping reads beside what the sender sends', () => {
  const mapping = [{ name: 'a', from: 'payload.issue.title' }, { name: 'b', from: 'payload.issue.labels' }, { name: 'c', from: 'payload.x.y' }, { name: 'd', from: 'headers.x' }, { name: 'e', value: 1 }, { name: 'f', from: 'payload' }];
  const sample = { issue: { title: 'Found a bug' } };
  expect(samplePayload(sample, mapping)).toEqual({ issue: { title: 'Found a bug', labels: '…' }, x: { y: '…' } });
  expect(sample).toEqual({ issue: { title: 'Found a bug' } });
});

test('Paths that would lead out of the payload or into a text are left alone', () => {
  const mapping = ['payload.__proto__.x', 'payload.constructor.x', 'payload.list[0].x', 'payload.text.x', 'payload.'].map((from) => ({ name: 'a', from }));
  expect(samplePayload({ text: 'x' }, mapping)).toEqual({ text: 'x' });
});
