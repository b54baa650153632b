import type { AttachmentRecord } from '@almanac/contracts';
import { DavError } from '@almanac/dav-protocol';
import { expect, it } from 'vitest';
import type { FrontendPorts } from '../frontend-ports.js';
import type { DavRequest } from '../http/dav-request.js';
import { attachmentResponse } from './attachment-response.js';

it('answers 410 where the content is gone', async () => {
  const ports = { blobs: { open: async () => null } } as unknown as FrontendPorts;
  const request = { method: 'GET', ifMatch: null, ifNoneMatch: null, ifModifiedSince: null, range: {} };
  const record = { tenant: 't', digest: 'd', filename: 'a', mediaType: 'text/plain', addedAt: 0, size: 1 };
  const answer = attachmentResponse({ ports }, request as unknown as DavRequest, record as unknown as AttachmentRecord);
  await expect(answer).rejects.toThrow(DavError);
  await expect(answer).rejects.toMatchObject({ status: 410 });
});
