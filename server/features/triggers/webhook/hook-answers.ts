/** What a sender is answered. */
export interface HookAnswer {
  status: number;
  headers?: Readonly<Record<string, string>>;
  body: unknown;
}

function refused(status: number, code: string, message: string, more: { headers?: HookAnswer['headers']; problems?: readonly string[] } = {}): HookAnswer {
  const { headers, problems } = more;
  return { status, ...(headers && { headers }), body: { errors: [{ message, extensions: { code, ...(problems && { problems }) } }] } };
}

/** The same for an address that never was, that is paused, and that was deleted. */
export function nothingHere(): HookAnswer {
  return refused(404, 'NOT_FOUND', 'There is nothing at this address.');
}

/** The same whatever is wrong with the signature. */
export function notSigned(): HookAnswer {
  return refused(401, 'UNAUTHENTICATED', 'The request is not signed as it must be.');
}

export function tooOld(): HookAnswer {
  return refused(400, 'STALE', 'The signature is too old, or the sender’s clock is wrong. Sign the request anew and send it again.');
}

export function tooMany(seconds: number): HookAnswer {
  return refused(429, 'RATE_LIMITED', `Too many requests in a minute. Send it again in ${seconds} s.`, { headers: { 'retry-after': String(seconds) } });
}

export function unfit(problems: readonly string[]): HookAnswer {
  return refused(422, 'INVALID_PAYLOAD', `The payload does not fit: ${problems.join('; ')}`, { problems });
}

export function tryAgain(): HookAnswer {
  return refused(503, 'UNAVAILABLE', 'The request could not be stored. Send it again in a moment.', { headers: { 'retry-after': '5' } });
}

export function tooLong(limitBytes: number): HookAnswer {
  return refused(413, 'PAYLOAD_TOO_LARGE', `A body may be ${limitBytes / 1024 / 1024} MB long; this one is longer.`);
}

export function onlyPost(): HookAnswer {
  return refused(405, 'METHOD_NOT_ALLOWED', 'Webhooks are sent here with POST.', { headers: { allow: 'POST' } });
}

/** It is stored. `executionId` is null where nothing runs for it, or not yet. */
export function accepted(body: { deliveryId: string; executionId: string | null; duplicate?: true }): HookAnswer {
  return { status: 202, body };
}
