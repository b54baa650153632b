import { expect, it } from 'vitest';
import { davClient } from '../support/dav-client.js';
import { startService } from '../support/running-service.js';

it.each(['live', 'ready'])('O4: the %s probe answers without credentials', async (probe) => {
  const service = await startService();
  const answer = await davClient(service.url)('GET', `/health/${probe}`, { headers: { authorization: '' } });
  expect([answer.status, JSON.parse(answer.body)]).toEqual([200, expect.objectContaining({ status: 'ok' })]);
});

it('O5: a request is one JSON line at the level debug; no password and no calendar data is in the log', async () => {
  const service = await startService({ env: { ALMANAC_LOG_LEVEL: 'debug' } });
  const dav = davClient(service.url);
  await dav('PROPFIND', '/', { headers: { depth: '0', 'user-agent': 'Test/1.0' } });
  await dav('PROPFIND', '/', { password: 'not-the-password' });
  await service.end();
  const lines = service
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'));
  const requests = lines.map((line) => JSON.parse(line)).filter(({ message }) => message === 'request');
  expect(requests[0]).toMatchObject({
    level: 'debug',
    method: 'PROPFIND',
    url: '/',
    status: 207,
    userAgent: 'Test/1.0',
  });
  expect(service.output()).toContain('wrong credentials');
  expect(service.output()).not.toMatch(/not-the-password|Basic /);
});
