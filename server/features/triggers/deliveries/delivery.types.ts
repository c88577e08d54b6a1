import { type DeliveryState, type DeliveryVerdict } from '../../../../schema/deliveries.js';

export type Verdict = `${DeliveryVerdict}`;
export type LaunchState = `${DeliveryState}`;

export interface DeliveryRecord {
  id: string;
  workspaceId: string;
  triggerId: string;
  receivedAt: Date;
  source: string;
  dedupKey: string | undefined;
  dueAt: Date | undefined;
  verdict: Verdict;
  reason: string | undefined;
  state: LaunchState | undefined;
  attempts: number;
  retryAt: Date | undefined;
  launchError: string | undefined;
  headers: Record<string, string>;
  executionId: string | undefined;
  duplicateOfId: string | undefined;
  redeliveryOfId: string | undefined;
  testFire: boolean;
  depth: number;
}

/** What came, whole. */
export interface DeliveryContent {
  body: Buffer | undefined;
  /** What the mapping read beside the headers: the payload only where the body does not say it as JSON. */
  values: Record<string, unknown>;
}
