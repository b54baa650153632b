import { expect, it } from 'vitest';
import { davOrigin } from './dav-origin.js';

const hosts = ['calendar.example.org', 'dav.example.org'];

it.each([
  ['https://calendar.example.org', 'https://dav.example.org'],
  ['https://dav.example.org', 'https://dav.example.org'],
  ['https://calendar.example.org:8443', 'https://dav.example.org:8443'],
  ['http://127.0.0.1:8008', 'http://127.0.0.1:8008'],
  ['http://localhost:8008', 'http://localhost:8008'],
])('C5: calendar programs are sent to the tenant’s own host for them: %s', (origin, expected) => {
  expect(davOrigin({ hosts }, origin)).toBe(expected);
});

it('C5: without such a host, to where the page came from', () => {
  expect(davOrigin({ hosts: ['calendar.example.org'] }, 'https://calendar.example.org')).toBe(
    'https://calendar.example.org',
  );
});
