import { expect, test } from '@jest/globals';
import { parseTemplate } from '../template/template-parser';
import { referenceKey, referenceTag, targetInWords } from './reference-tag';

test.each([
  [{ path: 'shared/tone' }, 'label production'],
  [{ path: 'shared/tone', label: 'staging' }, 'label staging'],
  [{ path: 'shared/tone', version: '1.2.0' }, 'version 1.2.0'],
  [{ path: 'shared/tone', branch: 'draft' }, 'branch draft'],
])('the tag of %j is read as the same', (target, words) => {
  expect(parseTemplate(referenceTag(target)).references).toMatchObject([target]);
  expect(targetInWords(target)).toBe(words);
});

test('no label is the label production', () => {
  expect(referenceKey({ path: 'a' })).toBe(referenceKey({ path: 'a', label: 'production' }));
});
