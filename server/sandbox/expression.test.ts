import { describe, expect, it } from '@jest/globals';
import { checkExpression } from './expression.js';

describe('checkExpression', () => {
  it.each(['a', 'items[price > 1].{"n": name}', '$map(a, function($x){ $x * 2 })', '/a+/'])('finds nothing wrong with %s', (expression) => {
    expect(checkExpression(expression)).toBeUndefined();
  });

  it.each([
    ['', 'The expression is empty.'],
    [' \n', 'The expression is empty.'],
    ['a b', 'Syntax error: "b", at character 3.'],
    ['"abc', 'String literal must be terminated by a matching quote, at character 4.'],
    ['1 +', 'Unexpected end of expression, at character 3.'],
    ['$x[', 'Expected "]" before end of expression, at character 3.'],
    ['/(/ & /+/', expect.stringMatching(/./)],
  ])('says what is wrong with %j', (expression, message) => {
    expect(checkExpression(expression)).toEqual(message);
  });

  it.each(['(', '[', '-', 'a.', '%.', 'a?', '$f('])('answers quickly on much of %s', (piece) => {
    expect(checkExpression(piece.repeat(5_000).slice(0, 20_000))).toEqual(expect.any(String));
  });

  it('refuses what is longer than 20,000 characters', () => {
    expect(checkExpression('a'.repeat(20_001))).toMatch('too long');
  });
});
