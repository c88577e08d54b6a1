import { type z } from 'zod';
import { type StepDefinition } from '../../workflows/definition.js';

/** Reads the settings of steps of one type; those of a definition that is run again and again once. */
export class StepSettings<Schema extends z.ZodType> {
  private readonly read = new WeakMap<StepDefinition, z.output<Schema>>();

  constructor(private readonly schema: Schema) {}

  of(step: StepDefinition): z.output<Schema> {
    const known = this.read.get(step);
    if (known !== undefined) return known;
    const settings = this.schema.parse(step.settings);
    this.read.set(step, settings);
    return settings;
  }
}
