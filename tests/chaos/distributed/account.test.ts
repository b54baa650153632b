import { describe, expect, it } from 'vitest';
import { Account } from './account.js';
import type { Attempt, Operation } from './model.js';

const href = '/c/a.ics';
const other = '/c/b.ics';
let next = 1;
const attempt = (operation: Operation): Attempt => ({ id: `t${next++}`, operation });
const put = (content: string, more: object = {}): Attempt =>
  attempt({ kind: 'put', href, content, uid: 'u', ...more } as Operation);
const remove = (): Attempt => attempt({ kind: 'delete', href });
const move = (): Attempt => attempt({ kind: 'move', href, target: other, overwrite: true });
const lost = { reason: 'lost', until: Number.MAX_SAFE_INTEGER };
const seen = (content: string, etag: string | null = null) => ({ content, etag });

describe('the account of a client', () => {
  it('takes what was acknowledged for certain, and nothing else', () => {
    const account = new Account();
    expect(account.take(put('one'), { status: 201, etag: '"1"' })).toBe(true);
    expect(account.takeSeen(href, seen('one', '"1"'), 'read')).toBe(true);
    expect(account.takeSeen(href, null, 'read')).toBe(false);
    expect(account.takeSeen(href, seen('two'), 'read')).toBe(false);
    expect(account.isExactly(new Map([[href, 'one']]))).toBe(true);
    expect(account.isExactly(new Map())).toBe(false);
  });

  it('bears either outcome of a lost attempt until it has seen one', () => {
    const account = new Account();
    account.take(put('one'), { status: 201, etag: '"1"' });
    account.takeUnknown(put('two'), lost);
    expect(account.takeSeen(href, seen('one'), 'read')).toBe(true);
    expect(account.takeSeen(href, seen('two'), 'read')).toBe(true);
    expect(account.takeSeen(href, seen('one'), 'read')).toBe(false);
  });

  it('finds a lost update: If-Match held although the resource had changed', () => {
    const account = new Account();
    const first = put('one');
    account.take(first, { status: 201, etag: '"1"' });
    account.take(put('two'), { status: 204, etag: '"2"' });
    expect(account.take(put('three', { ifMatch: first.id }), { status: 204, etag: '"3"' })).toBe(false);
  });

  it('takes 412 to a repeat for the first one having been done, and only then', () => {
    const account = new Account();
    const first = put('one', { ifNoneMatch: true });
    account.takeUnknown(first, lost);
    expect(account.take(put('one', { ifNoneMatch: true }), { status: 412, etag: null })).toBe(true);
    expect(account.takeSeen(href, null, 'read')).toBe(false);
    expect(new Account().take(put('one', { ifNoneMatch: true }), { status: 412, etag: null })).toBe(false);
  });

  it('never expects what was refused', () => {
    const account = new Account();
    account.take(put('one'), { status: 201, etag: '"1"' });
    expect(account.take(put('two', { ifMatch: 'never' }), { status: 412, etag: null })).toBe(true);
    expect(account.wasRefused('two')).toBe(true);
    expect(account.takeSeen(href, seen('two'), 'read')).toBe(false);
  });

  it('bears a MOVE half done while its outcome is unknown, but not at the end', () => {
    const account = new Account();
    account.take(put('one'), { status: 201, etag: '"1"' });
    account.takeUnknown(move(), lost);
    expect(account.takeSeen(other, seen('one'), 'read')).toBe(true);
    expect(account.takeSeen(href, seen('one'), 'read')).toBe(true);
    expect(
      account.isExactly(
        new Map([
          [href, 'one'],
          [other, 'one'],
        ]),
      ),
    ).toBe(false);
    expect(account.isExactly(new Map([[other, 'one']]))).toBe(true);
  });

  it('knows that a MOVE is taken back when its source is written meanwhile', () => {
    const account = new Account();
    account.take(put('one'), { status: 201, etag: '"1"' });
    account.takeUnknown(move(), lost);
    expect(account.take(put('two'), { status: 204, etag: '"2"' })).toBe(true);
    expect(account.isExactly(new Map([[href, 'two']]))).toBe(true);
    expect(account.isExactly(new Map([[other, 'one']]))).toBe(false);
  });

  it('keeps apart worlds in which the same COPY copied different contents', () => {
    const account = new Account();
    account.take(put('one'), { status: 201, etag: '"1"' });
    account.takeUnknown(put('two'), lost);
    const target = '/d/a.ics';
    account.take(attempt({ kind: 'copy', href, target, overwrite: true }), { status: 201, etag: null });
    account.take(remove(), { status: 204, etag: null });
    expect(account.mayList(target, '"9"')).toBe(true);
    expect(account.takeSeen(target, seen('one'), 'read')).toBe(true);
    expect(account.takeSeen(target, seen('two'), 'read')).toBe(false);
  });

  it('does not take an ETag for that of one write while another may have written the same content', () => {
    const account = new Account();
    account.take(put('one'), { status: 201, etag: '"1"' });
    account.take(attempt({ kind: 'copy', href, target: '/d/a.ics', overwrite: true }), { status: 201, etag: null });
    const back = attempt({ kind: 'move', href: '/d/a.ics', target: href, overwrite: true });
    account.takeUnknown(back, lost);
    account.takeUnknown({ ...back, id: 'again' }, lost);
    for (const _ of [1, 2]) expect(account.takeSeen(href, seen('one', '"1"'), 'read')).toBe(true);
    expect(account.takeSeen('/d/a.ics', seen('one', '"5"'), 'read')).toBe(true);
  });

  it('forgets attempts that are too old to be carried out', () => {
    let now = 0;
    const account = new Account(() => now);
    account.take(put('one'), { status: 201, etag: '"1"' });
    account.takeUnknown(put('two'), { reason: 'lost', until: 10 });
    now = 11;
    expect(account.takeSeen(href, seen('one'), 'read')).toBe(true);
    expect(account.takeSeen(href, seen('two'), 'read')).toBe(false);
  });
});
