/** What a request may bring to a trigger: what its kind of sender sends, with whatever the mapping reads beside it. */
export function samplePayload(sample: Readonly<Record<string, unknown>>, mapping: readonly { from?: string | null | undefined }[]): Readonly<Record<string, unknown>> {
  const payload: Record<string, unknown> = structuredClone(sample);
  for (const { from } of mapping) {
    const [root, ...path] = from?.split('.') ?? [];
    // Paths into lists and by odd keys have no obvious sample.
    if (root === 'payload' && path.length > 0 && path.every((key) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) && !(key in {}))) put(payload, path, '…');
  }
  return payload;
}

function put(target: Record<string, unknown>, [key = '', ...rest]: readonly string[], value: unknown): void {
  const present = target[key];
  if (rest.length === 0) target[key] = present ?? value;
  else if (present === undefined || isObject(present)) put(isObject(present) ? present : (target[key] = {}), rest, value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
