import { expect, it } from 'vitest';
import { loggedUrl } from './logged-url.js';

it.each([
  ['/api/v1/device-profiles/abc-_1.mobileconfig', '/api/v1/device-profiles/…'],
  ['/api/v1/device-profiles', '/api/v1/device-profiles'],
  ['/attachments/1/a.pdf?tenant=t&expires=1&signature=abc', '/attachments/1/a.pdf?tenant=t&expires=1&signature=…'],
  ['/oidc/callback?code=abc&iss=x&state=def', '/oidc/callback?code=…&iss=x&state=…'],
  ['/calendars/ada/work/a.ics', '/calendars/ada/work/a.ics'],
])('%s is logged without what opens something', (url, logged) => expect(loggedUrl(url)).toBe(logged));
