// npm run bench: measures what the README promises, beside the least that the same could cost in the same run, and writes it to bench/results.
//   npm run bench -- [runs | webhooks | memory | prompts [how many]]   measures one part only; other numbers of the day stay as they are
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { projectRoot } from '../server/project-root.js';
import { measureEngine } from './engine.js';
import { measureFollowers } from './followers.js';
import { measureMemory } from './memory.js';
import { measureMerge } from './merge.js';
import { measurePromptLibrary } from './prompt-library.js';
import { measureRuns } from './runs.js';
import { measureSchedules } from './schedules.js';
import { type Measured } from './statistics.js';
import { measureWebhooks } from './webhooks.js';

const versionsEach = 10;
const [part, count = '10000'] = process.argv.slice(2);

const measured: Measured[] = [];
if (part === undefined || part === 'runs') measured.push(await measureEngine(), await measureRuns(), await measureFollowers());
if (part === undefined || part === 'webhooks') measured.push(await measureWebhooks());
if (part === undefined || part === 'memory') measured.push(await measureMemory());
if (part === undefined || part === 'prompts') measured.push(await measureMerge(), await measurePromptLibrary({ prompts: Number(count), versionsEach }));

if (part === undefined || part === 'schedules') measured.push(await measureSchedules());

const at = new Date().toISOString();
const [cpu] = cpus();
const machine = { cpu: cpu?.model, cores: cpus().length, memoryGb: Math.round(totalmem() / 2 ** 30), system: `${platform()} ${release()}`, node: process.version };
const folder = join(projectRoot, 'bench', 'results');
mkdirSync(folder, { recursive: true });
const file = join(folder, `${at.slice(0, 10)}.json`);
const before = existsSync(file) ? z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
const result: Record<string, unknown> = { ...before, at, machine };
for (const each of measured) Object.assign(result, each.result);
writeFileSync(file, `${JSON.stringify(result, round, 2)}\n`);

for (const [what, value] of measured.flatMap(({ lines }) => lines)) console.log(what.padEnd(42), value);
console.log(`Written to ${file}`);

function round(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 100) / 100 : value;
}
