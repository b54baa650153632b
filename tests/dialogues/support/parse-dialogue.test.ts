import { describe, expect, it } from 'vitest';
import { parseDialogue } from './parse-dialogue.js';

const head = '# does something [C4]\nagents: One/1.0 | Two/2.0\n\n';

describe('parseDialogue', () => {
  it('reads title, agents, and the steps with request and expected answer', () => {
    const text = `${head}### First (x3)\n// a remark\nPUT /a/{n}\nIf-Match: "x: y"\n\nBEGIN\nEND\n=> 201 | 204\nETag: -> tag\n\n### Second\nGET /a\n=> 404\n`;
    const dialogue = parseDialogue(text);
    expect(dialogue).toMatchObject({ title: 'does something [C4]', agents: ['One/1.0', 'Two/2.0'] });
    expect(dialogue.steps).toEqual([
      {
        title: 'First',
        times: 3,
        method: 'PUT',
        path: '/a/{n}',
        headers: { 'If-Match': '"x: y"' },
        body: 'BEGIN\nEND',
        statuses: [201, 204],
        expectations: [
          { line: 'ETag: -> tag', kind: 'header', name: 'ETag', test: { operator: 'captures', value: 'tag' } },
        ],
      },
      {
        title: 'Second',
        times: 1,
        method: 'GET',
        path: '/a',
        headers: {},
        body: '',
        statuses: [404],
        expectations: [],
      },
    ]);
  });

  it('is held with a tenant in standard, or in the profile that its head names', () => {
    expect(parseDialogue(head).profile).toBe('standard');
    expect(parseDialogue(`${head.trim()}\nprofile: groupware\n`).profile).toBe('groupware');
  });

  it.each([
    ['count 3', { kind: 'count', count: 3 }],
    ['@ /x/', { kind: 'response', href: '/x/', status: null }],
    ['@ /x/ 404', { kind: 'response', href: '/x/', status: 404 }],
    ['@ having D:a > C:b[name=X] -> y', { kind: 'response-having', selector: 'D:a > C:b[name=X]', variable: 'y' }],
    ['  D:a', { kind: 'properties', selectors: ['D:a'], test: { operator: 'exists', value: '' } }],
    ['  D:a, D:b !', { kind: 'properties', selectors: ['D:a', 'D:b'], test: { operator: 'absent', value: '' } }],
    ['  D:a > D:b = c = d', { kind: 'properties', test: { operator: 'equals', value: 'c = d' } }],
    ['/ D:error', { kind: 'element', selector: 'D:error', test: { operator: 'exists', value: '' } }],
    ['body ~ ^x', { kind: 'body', test: { operator: 'matches', value: '^x' } }],
    ['DAV: 1, 2', { kind: 'header', name: 'DAV', test: { operator: 'equals', value: '1, 2' } }],
    ['ETag: !', { kind: 'header', name: 'ETag', test: { operator: 'absent', value: '' } }],
  ])('reads the expectation "%s"', (line, expectation) => {
    expect(parseDialogue(`${head}### Step\nGET /\n=> 200\n${line}\n`).steps[0]?.expectations).toMatchObject([
      expectation,
    ]);
  });

  it.each([
    ['agents: One\n### Step\nGET /\n=> 200\n', 'begins with'],
    ['# t\nagents: One\nprofile: other\n', 'is no profile'],
    [`${head}### Step\nGET /\n`, 'what answer is expected'],
    [`${head}### Step\n=> 200\n`, 'is no request line'],
    [`${head}### Step\nGET /\n=> 200\nnonsense\n`, 'is no header'],
  ])('refuses %j', (text, reason) => {
    expect(() => parseDialogue(text)).toThrow(reason);
  });
});
