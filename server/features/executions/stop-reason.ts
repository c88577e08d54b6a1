/** Why running attempts are ended before their time: `shutdown` and `lost` leave their outcome unknown. */
export type StopReason = { kind: 'step-failed'; stepName: string } | { kind: 'cancelled' } | { kind: 'deadline' } | { kind: 'shutdown' } | { kind: 'lost' };

export function isStopReason(reason: unknown): reason is StopReason {
  return typeof reason === 'object' && reason !== null && 'kind' in reason;
}
