/** Names of headers that carry what lets somebody in. Signatures prove one body only, and are kept. */
const secretName = /^(authorization|proxy-authorization|cookie|set-cookie)$|(^|[-_])(secret|token|api-?key|password|credential)s?($|[-_])/i;

/** What is kept of headers, and what a mapping can read: the values of secrets are taken out. */
export function withoutSecrets(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, secretName.test(name) ? '[taken out]' : value]));
}
