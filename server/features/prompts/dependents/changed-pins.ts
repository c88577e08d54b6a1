import { type PromptContent } from '../content/content.js';
import { type PromptReference, referenceKey } from '../content/reference.js';
import { type ReferencePins } from '../content/reference-resolver.js';
import { type ChangedPlaces } from './dependents.service.js';

/** What references come to once a prompt has another content at these places. */
export function changedPins(pins: ReferencePins, path: string, { branch, label }: ChangedPlaces, after: Pick<PromptContent, 'messages' | 'variables'>): ReferencePins {
  const changed: PromptReference[] = [...(branch ? [{ path, branch }] : []), ...(label ? [{ path, label }] : [])];
  const replaced = new Map(pins);
  for (const key of changed.map(referenceKey)) {
    const pin = pins.get(key);
    if (pin) replaced.set(key, { ...pin, version: { ...pin.version, messages: after.messages, variables: after.variables } });
  }
  return replaced;
}
