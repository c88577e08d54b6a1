const piece = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]|[A-Za-z]+|\p{N}+|[\p{L}\p{M}]+|[^\s]/gu;

/**
 * About how many tokens a model would count. A run of Latin letters counts one for each six letters begun, digits and other letters one
 * for each three begun, a Chinese, Japanese or Korean character one, and so does any other mark. Spaces are free.
 */
export function countTokens(text: string): number {
  let tokens = 0;
  for (const [part] of text.matchAll(piece)) {
    if (part.length === 1) tokens += 1;
    else tokens += Math.ceil(part.length / (/^[A-Za-z]/.test(part) ? 6 : 3));
  }
  return tokens;
}
