import { createHash } from 'node:crypto';
import { type z } from 'zod';
import { OutgoingError } from '../../../outgoing/outgoing-error.js';
import { type OutgoingAnswer, type OutgoingHttp, type OutgoingRequest } from '../../../outgoing/outgoing-http.js';
import { type Sandbox, SandboxError } from '../../../sandbox/sandbox.js';
import { type SecretsService } from '../../secrets/secret.service.js';
import { secretsIn, vaultVariable } from '../../workflows/secret-use.js';
import { webhookSettingsSchema, webhookTemplates } from '../../workflows/step-types/webhook.step-type.js';
import { Redaction } from '../redaction.js';
import { secretUseOf } from '../secret-use.js';
import { StepError } from '../step-failure.js';
import { type PreparedStep, type StepResult, type StepRunner, type StepWork } from './step-runner.js';
import { StepSettings } from './step-settings.js';

type WebhookSettings = z.output<typeof webhookSettingsSchema>;

const contentTypes = { JSON: 'application/json', TEXT: 'text/plain; charset=utf-8', FORM: 'application/x-www-form-urlencoded' };
const retryableStatus = new Set([408, 425, 429]);

/** Calls what a person wrote, through the guard. Its Idempotency-Key is the same over all attempts, whichever process makes them. */
export class WebhookStepRunner implements StepRunner {
  private readonly settings = new StepSettings(webhookSettingsSchema);

  constructor(
    private readonly sandbox: Sandbox,
    private readonly http: OutgoingHttp,
    private readonly secrets: Pick<SecretsService, 'reveal'>,
  ) {}

  async prepare(work: StepWork): Promise<PreparedStep> {
    const settings = this.settings.of(work.step);
    const templates = webhookTemplates(settings).map(({ template }) => template);
    const sent = await this.secretsFor(templates, work);
    const texts = await this.render(templates, sent, work);
    const request = toRequest(settings, texts, work);
    const redaction = new Redaction(sent.values).andWordsOf(Object.values(request.headers));
    return { kind: 'call', call: () => this.call(settings, request, redaction, work) };
  }

  /** Read for each attempt, so that a new value is sent from the next one on. */
  private async secretsFor(templates: readonly string[], { execution, secrets: given }: StepWork): Promise<SentSecrets> {
    const named = templates.flatMap(secretsIn).filter((name) => name !== undefined);
    const revealed = await this.secrets.reveal(execution.workspaceId, [...new Set([...named, ...Object.values(given)])], secretUseOf(execution));
    return {
      values: Object.values(revealed),
      variables: {
        ...Object.fromEntries(Object.entries(given).map(([input, name]) => [input, revealed[name]])),
        ...(named.length > 0 && { [vaultVariable]: Object.fromEntries(named.map((name) => [name, revealed[name]])) }),
      },
    };
  }

  private async render(templates: readonly string[], { values, variables }: SentSecrets, work: StepWork): Promise<string[]> {
    try {
      return await this.sandbox.render(templates, { ...work.input, ...variables }, optionsOf(work));
    } catch (error) {
      if (error instanceof SandboxError) throw new SandboxError(error.code, new Redaction(values).text(error.message), error.template);
      throw error;
    }
  }

  private async call({ response, successStatus }: WebhookSettings, request: OutgoingRequest, redaction: Redaction, work: StepWork): Promise<StepResult> {
    const began = performance.now();
    const answer = await this.send(request, redaction, work);
    const { status } = answer;
    const good = successStatus ? successStatus.includes(status) : status >= 200 && status < 300;
    work.log(good ? 'info' : 'warn', `${request.method} was answered with ${status}.`, { status, durationMs: Math.round(performance.now() - began) });
    // Servers answer with what they were sent. From here on nothing knows the secrets.
    const [headers, body] = [redaction.value(answer.headers), redaction.value(bodyOf(answer))];
    if (!good) throw refusal(answer, body, work.now());
    const output = { status, headers, body };
    return { output: response ? await this.sandbox.evaluate(response.expression, output, optionsOf(work)) : output };
  }

  private async send(request: OutgoingRequest, redaction: Redaction, { signal, log }: StepWork): Promise<OutgoingAnswer> {
    try {
      return await this.http.send({ ...request, signal });
    } catch (error) {
      if (!(error instanceof OutgoingError)) throw error;
      const message = redaction.text(error.message);
      log('warn', message, { code: error.code });
      throw new StepError(error.code, message, error.retryable);
    }
  }
}

interface SentSecrets {
  values: string[];
  /** What templates find them by. */
  variables: Readonly<Record<string, unknown>>;
}

function toRequest({ method, headers = [], body }: WebhookSettings, [target = '', ...texts]: readonly string[], { execution, step }: StepWork): OutgoingRequest & { headers: Record<string, string> } {
  const content = body && texts[headers.length];
  if (body?.type === 'JSON' && !isJson(content ?? '')) throw new StepError('BAD_REQUEST', 'The body is no JSON. Does the template pass its values through the filter `json`?');
  return {
    method,
    url: target.trim(),
    headers: {
      ...(body && { 'content-type': contentTypes[body.type] }),
      ...Object.fromEntries(headers.map(({ name }, index) => [name.toLowerCase(), headerValue(name, texts[index] ?? '')])),
      'idempotency-key': createHash('sha256').update(JSON.stringify([execution.id, step.key])).digest('hex'),
    },
    body: content,
    timeoutMs: step.timeoutMs,
  };
}

function optionsOf({ execution, step, signal }: StepWork) {
  return { signal, timeoutMs: step.timeoutMs, fairnessKey: execution.workspaceId };
}

function headerValue(name: string, text: string): string {
  const value = text.trim();
  if (/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) return value;
  throw new StepError('BAD_REQUEST', `The value of the header ${name} has line breaks or characters that a header can not hold.`);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function bodyOf({ headers, body }: OutgoingAnswer): unknown {
  const text = new TextDecoder().decode(body);
  const json: unknown = /[/+]json\b/.test(headers['content-type'] ?? '') && isJson(text) ? JSON.parse(text) : text;
  return json;
}

function refusal({ status, headers }: OutgoingAnswer, body: unknown, now: Date): StepError {
  const said = typeof body === 'string' ? body : JSON.stringify(body);
  const message = `The server answered ${status}${said ? `: ${said.slice(0, 300)}` : '.'}`;
  return new StepError(`HTTP_${status}`, message, retryableStatus.has(status) || status >= 500, retryAfterMs(headers['retry-after'], now));
}

/** In seconds, or as a date. */
function retryAfterMs(value: string | undefined, now: Date): number | undefined {
  if (value === undefined) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - now.getTime();
  return Number.isFinite(ms) && ms >= 0 ? ms : undefined;
}
