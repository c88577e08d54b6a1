import { type Token } from 'liquidjs';

/** Counted from 1. */
export interface Place {
  line: number;
  column: number;
}

/** A template's tags and outputs without the text between them, and where each of them stands in the template. */
export class CodeMap {
  readonly code: string;
  private readonly codeLines: number[];
  private readonly templateLines: number[];
  private readonly pieces: { codeBegin: number; begin: number }[] = [];

  constructor(template: string, tokens: readonly Token[]) {
    let code = '';
    for (const token of tokens) {
      this.pieces.push({ codeBegin: code.length, begin: token.begin });
      code += token.getText();
    }
    this.code = code;
    this.codeLines = lineStarts(code);
    this.templateLines = lineStarts(template);
  }

  /** Where a character of the template stands. */
  placeOf(offset: number): Place {
    const line = lastUpTo(this.templateLines, offset, (start) => start);
    return { line: line + 1, column: offset - (this.templateLines[line] ?? 0) + 1 };
  }

  /** Where something stands in the template that stands here in the code. */
  placeOfCode({ row, col }: { row: number; col: number }): Place {
    const offset = (this.codeLines[row - 1] ?? 0) + col - 1;
    const piece = this.pieces[lastUpTo(this.pieces, offset, ({ codeBegin }) => codeBegin)];
    return this.placeOf(piece ? piece.begin + offset - piece.codeBegin : offset);
  }
}

/** Where a character of a text stands. */
export function placeIn(text: string, offset: number): Place {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The index of the last item whose number is not above `most`; items are in ascending order. */
function lastUpTo<Item>(items: readonly Item[], most: number, numberOf: (item: Item) => number): number {
  let low = 0;
  for (let high = items.length - 1; low < high; ) {
    const middle = (low + high + 1) >> 1;
    const item = items[middle];
    if (item !== undefined && numberOf(item) <= most) low = middle;
    else high = middle - 1;
  }
  return low;
}
