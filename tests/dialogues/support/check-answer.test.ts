import { describe, expect, it } from 'vitest';
import { checkAnswer } from './check-answer.js';
import { parseDialogue } from './parse-dialogue.js';

const body = `<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">
  <d:response>
    <d:href>/home/</d:href>
    <d:propstat><d:prop><d:displayname>Home</d:displayname></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>
    <d:propstat><d:prop><d:getetag/></d:prop><d:status>HTTP/1.1 404 Not Found</d:status></d:propstat>
  </d:response>
  <d:response>
    <d:href>/home/work/</d:href>
    <d:propstat>
      <d:prop><c:supported-calendar-component-set><c:comp name="VEVENT"/></c:supported-calendar-component-set></d:prop>
      <d:status>HTTP/1.1 200 OK</d:status>
    </d:propstat>
  </d:response>
  <d:response><d:href>/home/gone.ics</d:href><d:status>HTTP/1.1 404 Not Found</d:status></d:response>
  <d:sync-token>urn:x/1</d:sync-token>
</d:multistatus>`;
const answer = { status: 207, headers: new Headers({ dav: '1, calendar-access' }), body };

/** What the variables hold after an answer was compared with these lines. */
function check(...lines: readonly string[]): Record<string, string> {
  const [step] = parseDialogue(`# t\nagents: a\n### Step\nGET /\n=> 207\n${lines.join('\n')}`).steps;
  const variables = new Map([['home', '/home/']]);
  checkAnswer(answer, step?.expectations ?? [], variables);
  return Object.fromEntries(variables);
}

describe('checkAnswer', () => {
  it.each([
    [['DAV: ~ calendar-access', 'ETag: !']],
    [['count 3']],
    [['@ {home}', '  D:displayname = Home', '  D:displayname ~ ^H', '  D:getetag !']],
    [['@ {home}work/', '  C:supported-calendar-component-set > C:comp[name=VEVENT]']],
    [['@ {home}gone.ics 404']],
    [['/ D:sync-token = urn:x/1']],
    [['body ~ urn:x/1']],
  ])('accepts what holds: %j', (lines) => {
    expect(() => check(...lines)).not.toThrow();
  });

  it.each([
    [['DAV: 1']],
    [['DAV: !']],
    [['ETag: ~ .']],
    [['count 2']],
    [['@ /other/']],
    [['@ {home} 404']],
    [['@ {home}gone.ics']],
    [['@ {home}', '  D:displayname = Other']],
    [['@ {home}', '  D:displayname ~ ^h']],
    [['@ {home}', '  D:displayname !']],
    [['@ {home}', '  D:displayname, D:getetag']],
    [['@ {home}', '  D:owner !']],
    [['@ {home}work/', '  D:displayname']],
    [['@ {home}work/', '  C:supported-calendar-component-set > C:comp[name=VTODO]']],
    [['@ having D:owner -> x']],
    [['/ D:error']],
    [['body ~ nowhere']],
    [['body ~ {unknown}']],
    [['/ X:unknown-prefix']],
  ])('refuses what does not hold: %j', (lines) => {
    expect(() => check(...lines)).toThrow(/does not hold|nothing is known of|is no selector/);
  });

  it('captures a header, a text and the href of a response', () => {
    const lines = ['DAV: -> dav', '/ D:sync-token -> token', '@ having C:supported-calendar-component-set -> calendar'];
    expect(check(...lines)).toMatchObject({ dav: '1, calendar-access', token: 'urn:x/1', calendar: '/home/work/' });
  });

  it('takes captured values in patterns literally', () => {
    expect(() => check('DAV: -> dav', 'body ~ {dav}')).toThrow('does not hold');
    expect(() => check('/ D:sync-token -> token', 'body ~ >{token}<')).not.toThrow();
  });
});
