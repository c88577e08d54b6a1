import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { z } from 'zod';
import { type Role } from '../config.js';
import { projectRoot } from '../project-root.js';

/** One value, or one for each value of the label. */
type Reading = number | ReadonlyMap<string, number>;

/** What this process tells Prometheus. */
export class Metrics {
  private readonly registry = new Registry();

  constructor(role: Role) {
    const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')));
    collectDefaultMetrics({ register: this.registry });
    const labels = { version, node: process.version, role };
    new Gauge({ name: 'promptpilot_build_info', help: 'What runs here; always 1.', labelNames: Object.keys(labels), registers: [this.registry] }).set(labels, 1);
  }

  /** A value that is read whenever metrics are asked for. @param label what the readings differ by */
  gauge(name: string, help: string, read: () => Reading | Promise<Reading>, label?: string): void {
    new Gauge({
      name: `promptpilot_${name}`,
      help,
      labelNames: label === undefined ? [] : [label],
      registers: [this.registry],
      async collect() {
        const reading = await read();
        this.reset();
        if (typeof reading === 'number') this.set(reading);
        else for (const [value, count] of reading) this.set({ [label ?? '']: value }, count);
      },
    });
  }

  /** What is counted from the start of this process on. @returns how to count one more */
  counter(name: string, help: string, label: string): (value: string) => void {
    const counter = new Counter({ name: `promptpilot_${name}`, help, labelNames: [label], registers: [this.registry] });
    return (value) => counter.inc({ [label]: value });
  }

  /** @returns how to enter one more, in seconds */
  durations(name: string, help: string, labels: readonly string[], buckets: readonly number[]): (labels: Record<string, string>, seconds: number) => void {
    const histogram = new Histogram({ name: `promptpilot_${name}`, help, labelNames: [...labels], buckets: [...buckets], registers: [this.registry] });
    return (values, seconds) => histogram.observe(values, seconds);
  }

  /** As Prometheus reads it. */
  async text(): Promise<{ contentType: string; body: string }> {
    return { contentType: this.registry.contentType, body: await this.registry.metrics() };
  }
}
