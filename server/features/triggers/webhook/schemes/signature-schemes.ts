import { github } from './github.scheme.js';
import { hmacSignature } from './hmac.scheme.js';
import { secretHeader } from './secret-header.scheme.js';
import { slack } from './slack.scheme.js';
import { standardWebhooks } from './standard-webhooks.scheme.js';
import { stripe } from './stripe.scheme.js';
import { unsigned } from './unsigned.scheme.js';

/** In the order in which they are offered. */
export const signatureSchemes = {
  STANDARD: standardWebhooks,
  GITHUB: github,
  STRIPE: stripe,
  SLACK: slack,
  HMAC: hmacSignature,
  HEADER: secretHeader,
  NONE: unsigned,
} as const;

export type SchemeName = keyof typeof signatureSchemes;
