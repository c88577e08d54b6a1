import { fileURLToPath } from 'node:url';
import { type Page } from '@playwright/test';

const script = fileURLToPath(new URL('record-output.mjs', import.meta.url));

/** Every text that a run page has shown as the output of a step, from before it was opened and over reloads. */
export class RecordedOutput {
  private readonly shown: { step: string; text: string }[] = [];

  private constructor() {}

  static async on(page: Page): Promise<RecordedOutput> {
    const record = new RecordedOutput();
    await page.exposeFunction('recordOutput', (step: string, text: string) => record.shown.push({ step, text }));
    await page.addInitScript({ path: script });
    return record;
  }

  /** In the order in which they were shown. */
  textsOf(step: string): string[] {
    return this.shown.filter((each) => each.step === step).map(({ text }) => text);
  }
}

/**
 * Texts that each go on from the one before belong to one telling. A text told without a gap, a repetition or a step back is one telling.
 * @returns the last text of each telling
 */
export function tellingsOf(texts: readonly string[]): string[] {
  return texts.filter((text, index) => !texts[index + 1]?.startsWith(text));
}
