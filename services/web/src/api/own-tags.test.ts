import { describe, expect, it } from 'vitest';
import type { ObjectRef } from '../api/types.js';
import { OwnTags } from './own-tags.js';

const ref = (etag: string, href = '/a.ics'): ObjectRef => ({
  ...{ home: 'ada', segment: 'work', name: 'a.ics', href, etag },
  ...{ masked: false, editable: true, deletable: true },
});

describe('ETags of one’s own changes', () => {
  it('lead from what is drawn to what one has made of it', () => {
    const tags = new OwnTags();
    tags.made(ref('1'), ref('2'));
    tags.made(ref('2'), ref('3'));
    expect(tags.latest(ref('1')).etag).toBe('3');
  });

  it('say nothing of what somebody else has made', () => {
    const tags = new OwnTags();
    tags.made(ref('1'), ref('2'));
    expect(tags.latest(ref('4')).etag).toBe('4');
  });

  it('are of one resource: the later part of a series is another one', () => {
    const tags = new OwnTags();
    tags.made(ref('1'), ref('1-later', '/b.ics'));
    expect(tags.latest(ref('1')).etag).toBe('1');
  });

  it('never walk in a ring', () => {
    const tags = new OwnTags();
    tags.made(ref('1'), ref('1'));
    expect(tags.latest(ref('1')).etag).toBe('1');
  });
});
