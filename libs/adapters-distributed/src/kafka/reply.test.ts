import { expect, it } from 'vitest';
import { commandFrom } from './reply.js';

const message = (stream: string, type: string) => ({
  headers: {},
  value: Buffer.from(JSON.stringify({ commandId: 'c', stream, actor: 'ada', at: 1, notAfter: 2, body: { type } })),
});

it.each([
  ['@tenants', 'AddTenant'],
  ['example', 'AddPrincipal'],
  ['example/ada', 'CreateHome'],
  ['example/ada/work', 'PutMember'],
  ['example/ada/overlay/bob/work', 'SetOverlayAlarms'],
  ['example/ada/overlay/bob/work', 'ChangeOverlayProperties'],
])('%s is a stream for %s', (stream, type) => {
  expect(commandFrom(message(stream, type))).toMatchObject({ stream, body: { type } });
});

it.each([
  ['example', 'AddTenant'],
  ['example/ada', 'PutMember'],
  ['example/ada/work', 'SetOverlayAlarms'],
  ['example/ada/overlay/bob/work', 'PutMember'],
  ['example/ada/work', 'CreateHome'],
])('%s is none for %s: nobody would find a state to decide on', (stream, type) => {
  expect(() => commandFrom(message(stream, type))).toThrow('is not a stream for');
});
