import { expect, test } from '@jest/globals';
import { emptyDraft, newMessage, newTool, newVariable } from '../prompt-draft';
import { draftProblems } from './draft-problems';

test('each problem goes to where it can be mended', () => {
  const draft = { ...emptyDraft('m'), messages: [newMessage('SYSTEM'), newMessage('USER')], variables: [newVariable('a'), newVariable('b')], tools: [newTool()] };
  const problems = draftProblems({
    message: 'Some of this can’t be used.',
    fields: [
      { field: 'input.source.content.messages.1.content', message: 'Write something.' },
      { field: 'input.source.content.variables.1.maxLength', message: 'Give at least 3.' },
      { field: 'input.source.content.tools.0.parameters.properties', message: 'No schema.' },
      { field: 'input.source.content.settings.temperature', message: 'Too hot.' },
      { field: 'input.source.content.outputSchema', message: 'No object.' },
      { field: 'input.values.a', message: 'Give a value.' },
      { field: 'input.source.content.messages', message: 'Too many.' },
    ],
  }, draft);
  expect(problems.messages.get(draft.messages[1]!.key)).toEqual(['Write something.']);
  expect(problems.variables.get('b')).toEqual({ maxLength: 'Give at least 3.' });
  expect(problems.tools.get(draft.tools[0]!.key)).toEqual({ parameters: 'No schema.' });
  expect(problems).toMatchObject({ settings: { temperature: 'Too hot.' }, outputSchema: 'No object.', values: { a: 'Give a value.' }, others: ['Too many.'] });
});

test('without fields, what is said as a whole is said', () => {
  expect(draftProblems({ message: 'This takes too long.', fields: [] }, emptyDraft('m')).others).toEqual(['This takes too long.']);
});
