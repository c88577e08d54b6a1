import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { StartupError } from './errors.js';
import { type AllowedTarget, parseAllowedTargets } from './outgoing/allowed-targets.js';

const secret = z.string().min(32, 'must be at least 32 characters long; `openssl rand -base64 48` makes one');
const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' });

const perMillion = z.number().min(0);
const pricesSchema = z.record(z.string(), z.strictObject({ input: perMillion, output: perMillion, cachedInput: perMillion.optional() }));

/** The parts of the product that a process takes: `api` answers requests, `worker` runs what is to be run, `all` does both. */
export type Role = 'api' | 'worker' | 'all';

const environmentSchema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  ROLE: z.enum(['api', 'worker', 'all'], 'must be api, worker or all').default('all'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number({ error: 'must be a port number, 0 to 65535' }).int().min(0).max(65_535).default(4000),
  /** Where browsers reach the product; refresh cookies are marked Secure when it is https. */
  PUBLIC_URL: httpUrl.optional(),
  DATA_DIR: z.string().min(1).default('data'),
  DATABASE_URL: z.string().regex(/^(postgres(ql)?:\/\/|file:)/, 'must start with postgres:// or file:').optional(),
  MONGODB_URL: z.string().regex(/^mongodb(\+srv)?:\/\//, 'must start with mongodb:// or mongodb+srv://').optional(),
  /** Where several processes hear of each other; without it they do by PostgreSQL. */
  REDIS_URL: z.string().regex(/^rediss?:\/\//, 'must start with redis:// or rediss://').optional(),
  /** What `GET /metrics` asks for as a bearer token; without it nobody reads metrics. */
  METRICS_TOKEN: z.string().min(16, 'must be at least 16 characters long; `openssl rand -hex 24` makes one').optional(),
  JWT_SECRET: secret.optional(),
  ENCRYPTION_KEY: secret.optional(),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('warn'),
  /** Seconds after which executions of a process that died are taken over by another one. */
  RUN_LEASE_SECONDS: z.coerce.number({ error: 'must be a number of seconds, 1 to 3600' }).min(1).max(3_600).default(15),
  /** Base URL of a server that speaks OpenAI's chat completions, such as http://localhost:11434/v1 for Ollama. */
  OPENAI_COMPATIBLE_URL: httpUrl.optional(),
  OPENAI_COMPATIBLE_KEY: z.string().min(1).optional(),
  /** Comma-separated names of the models that the server offers. */
  OPENAI_COMPATIBLE_MODELS: z.string().default(''),
  /** What they cost, as JSON: `{ "model": { "input": 0.15, "output": 0.6 } }`, in US dollars for a million tokens. */
  OPENAI_COMPATIBLE_PRICES: z.string().default('{}').transform(parsePrices),
  /** What requests to URLs that users wrote may reach beside the public internet: hosts, host:port and CIDRs, separated by commas. */
  OUTGOING_ALLOW: z.string().default('').transform(parseTargets),
});

export interface Config {
  environment: 'development' | 'production' | 'test';
  role: Role;
  host: string;
  port: number;
  publicUrl: string | undefined;
  dataDir: string;
  database: { engine: 'sqlite'; file: string } | { engine: 'postgres'; url: string };
  mongodbUrl: string | undefined;
  redisUrl: string | undefined;
  metricsToken: string | undefined;
  jwtSecret: string;
  encryptionKey: string;
  logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  runLeaseMs: number;
  openAiCompatible: { baseUrl: string; apiKey: string | undefined; models: string[]; prices?: z.infer<typeof pricesSchema> } | undefined;
  outgoingAllow: AllowedTarget[];
}

/** The variables that the product reads. */
export const environmentVariables: readonly string[] = Object.keys(environmentSchema.shape);

/**
 * Reads the whole configuration from an environment. Outside production, secrets that are not given are made once and kept in the
 * data folder.
 * @throws StartupError naming each variable that is missing or wrong, or the folder that can't be written
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  // An empty variable, as compose files and CI produce them, means "not given".
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    throw new StartupError(`Bad environment: ${problems.join('; ')}.`);
  }
  const env = parsed.data;
  if (env.ROLE !== 'all' && !env.DATABASE_URL?.startsWith('postgres')) {
    throw new StartupError(`Bad environment: ROLE=${env.ROLE} shares the work with other processes, which needs PostgreSQL: a SQLite file is used by one process. Set DATABASE_URL to postgres://…, or leave ROLE out.`);
  }
  const dataDir = resolve(env.DATA_DIR);
  const models = env.OPENAI_COMPATIBLE_MODELS.split(',').map((name) => name.trim()).filter(Boolean);
  return {
    environment: env.NODE_ENV,
    role: env.ROLE,
    host: env.HOST,
    port: env.PORT,
    publicUrl: env.PUBLIC_URL,
    dataDir,
    database: databaseOf(env.DATABASE_URL, dataDir),
    mongodbUrl: env.MONGODB_URL,
    redisUrl: env.REDIS_URL,
    metricsToken: env.METRICS_TOKEN,
    ...readSecrets(env, dataDir),
    logLevel: env.LOG_LEVEL,
    runLeaseMs: env.RUN_LEASE_SECONDS * 1_000,
    openAiCompatible: env.OPENAI_COMPATIBLE_URL
      ? { baseUrl: env.OPENAI_COMPATIBLE_URL, apiKey: env.OPENAI_COMPATIBLE_KEY, models, prices: env.OPENAI_COMPATIBLE_PRICES }
      : undefined,
    outgoingAllow: env.OUTGOING_ALLOW,
  };
}

function parseTargets(list: string, context: z.RefinementCtx): AllowedTarget[] {
  try {
    return parseAllowedTargets(list);
  } catch (error) {
    context.addIssue(`must be a list such as ollama:11434,10.0.0.0/8; ${error instanceof Error ? error.message : 'it can not be read'}`);
    return z.NEVER;
  }
}

function parsePrices(text: string, context: z.RefinementCtx): z.infer<typeof pricesSchema> {
  try {
    return pricesSchema.parse(JSON.parse(text));
  } catch {
    context.addIssue('must be JSON such as {"llama3.2":{"input":0.15,"output":0.6}}, in US dollars for a million tokens; "*" stands for every other model');
    return z.NEVER;
  }
}

function databaseOf(url: string | undefined, dataDir: string): Config['database'] {
  if (url?.startsWith('postgres')) return { engine: 'postgres', url };
  return { engine: 'sqlite', file: url ? resolve(url.slice('file:'.length)) : join(dataDir, 'promptpilot.db') };
}

function readSecrets(env: z.infer<typeof environmentSchema>, dataDir: string) {
  const { JWT_SECRET: jwtSecret, ENCRYPTION_KEY: encryptionKey } = env;
  if (jwtSecret && encryptionKey) return { jwtSecret, encryptionKey };
  if (env.NODE_ENV === 'production') {
    const missing = [!jwtSecret && 'JWT_SECRET', !encryptionKey && 'ENCRYPTION_KEY'].filter(Boolean).join(' and ');
    throw new StartupError(
      `Bad environment: ${missing} must be set in production; \`openssl rand -base64 48\` makes a secret. Keep it: what it protects can't be read without it.`,
    );
  }
  const generated = generatedSecrets(dataDir);
  return { jwtSecret: jwtSecret ?? generated.jwtSecret, encryptionKey: encryptionKey ?? generated.encryptionKey };
}

const secretsFileSchema = z.object({ jwtSecret: secret, encryptionKey: secret });

function generatedSecrets(dataDir: string): z.infer<typeof secretsFileSchema> {
  const file = join(dataDir, 'development-secrets.json');
  try {
    mkdirSync(dataDir, { recursive: true });
    if (!existsSync(file)) {
      const make = () => randomBytes(48).toString('base64');
      // `wx`: of two processes that start at once, one writes and both read.
      writeFileSync(file, JSON.stringify({ jwtSecret: make(), encryptionKey: make() }, null, 2), { mode: 0o600, flag: 'wx' });
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) {
      throw new StartupError(`The data folder ${dataDir} can't be written. Make it writable, or set DATA_DIR to a folder that is.`);
    }
  }
  const parsed = secretsFileSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new StartupError(`${file} is damaged. Restore it, or delete it: everybody is then signed out.`);
  return parsed.data;
}
