import { TemplateAnalyzer } from '../prompts/content/template.js';

/** What templates of steps that send secrets call the vault. */
export const vaultVariable = 'secrets';

const analyzer = new TemplateAnalyzer();

/** The names of the secrets that a template reads, and undefined where it does not say by a name which. */
export function secretsIn(template: string): (string | undefined)[] {
  return analyzer.propertiesOf(vaultVariable, template);
}

/** @returns what is wrong with a template's secrets; undefined where the workspace has all of them */
export function secretProblem(template: string, known: ReadonlySet<string>): string | undefined {
  for (const name of secretsIn(template)) {
    if (name === undefined) return 'Say which secret is meant: write `secrets.NAME`.';
    if (!known.has(name)) return noSuchSecret(name, known);
  }
  return undefined;
}

export function noSuchSecret(name: string, known: ReadonlySet<string>): string {
  const others = [...known].slice(0, 10).join(', ');
  return `There is no secret named ${name}. Add it under Settings, Secrets${known.size > 0 ? `, or take one of these: ${others}${known.size > 10 ? ', …' : ''}` : ''}.`;
}
