import { expect, it } from 'vitest';
import { readAttachmentsConfiguration } from './attachments-configuration.js';

it('has defaults: a day, a key of its own, no scanner', () => {
  expect(readAttachmentsConfiguration({})).toEqual({ grace: 86_400_000, linkKey: null, clamav: null });
});

it('takes what it is told', () => {
  const settings = readAttachmentsConfiguration({
    ALMANAC_ATTACHMENT_GRACE: '60',
    ALMANAC_LINK_KEY: '0123456789abcdef',
    ALMANAC_CLAMAV: '[::1]:3310',
    ALMANAC_CLAMAV_AWAY: 'accept',
  });
  expect(settings).toEqual({
    grace: 60_000,
    linkKey: Buffer.from('0123456789abcdef'),
    clamav: { host: '::1', port: 3310, acceptUnscanned: true },
  });
  expect(readAttachmentsConfiguration({ ALMANAC_CLAMAV: 'clamd:3310' }).clamav).toEqual({
    host: 'clamd',
    port: 3310,
    acceptUnscanned: false,
  });
});

it.each([
  [{ ALMANAC_ATTACHMENT_GRACE: '0' }, 'ALMANAC_ATTACHMENT_GRACE'],
  [{ ALMANAC_LINK_KEY: 'short' }, 'ALMANAC_LINK_KEY'],
  [{ ALMANAC_CLAMAV: 'clamd' }, 'host:port'],
  [{ ALMANAC_CLAMAV: 'clamd:99999' }, 'host:port'],
  [{ ALMANAC_CLAMAV_AWAY: 'maybe' }, 'refuse or accept'],
])('refuses %j, and says what it may be', (values, words) => {
  expect(() => readAttachmentsConfiguration(values)).toThrow(words);
});
