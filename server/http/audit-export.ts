import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Router } from 'express';
import { DomainError } from '../errors.js';
import { type AuditExport } from '../features/audit/audit-export.js';
import { auditFormats } from '../features/audit/audit-table.js';
import { type UnderWay } from '../under-way.js';
import { answerWith } from './domain-errors.js';

const contentTypes = { csv: 'text/csv; charset=utf-8', jsonl: 'application/jsonl; charset=utf-8' };

/** `GET /audit.csv` and `GET /audit.jsonl`: the audit log as it is read, however long it is. */
export function auditExport(source: Pick<AuditExport, 'open'>, underWay: UnderWay): Router {
  const router = Router();
  for (const format of auditFormats) {
    router.get(`/audit.${format}`, async (request, response) => {
      const from = { address: request.socket.remoteAddress ?? '', userAgent: request.headers['user-agent'], requestId: randomUUID() };
      response.setHeader('Cache-Control', 'no-store');
      response.setHeader('X-Request-Id', from.requestId);
      try {
        const text = await underWay.add(source.open(format, request.headers.authorization, request.query, from));
        response.setHeader('Content-Type', contentTypes[format]);
        response.setHeader('Content-Disposition', `attachment; filename="audit-log.${format}"`);
        await pipeline(Readable.from(text), response);
      } catch (error) {
        if (response.destroyed) return;
        if (response.headersSent || !(error instanceof DomainError)) throw error;
        answerWith(response, error);
      }
    });
  }
  return router;
}
