import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { utc, zoneById, type Zone } from './zone.js';

const zone = (id: string) => zoneById(id) as Zone;
const wall = (iso: string) => Date.parse(`${iso}Z`) / 1000;
const iso = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 19);

describe('a zone', () => {
  test('moves a wall time within a gap forward', () => {
    expect(iso(zone('Europe/Berlin').toInstant(wall('2025-03-30T02:30:00')))).toBe('2025-03-30T01:30:00');
  });

  test('takes the first of two equal wall times', () => {
    expect(iso(zone('Europe/Berlin').toInstant(wall('2025-10-26T02:30:00')))).toBe('2025-10-26T00:30:00');
  });

  test('shows both instants of a fold as the same wall time', () => {
    const berlin = zone('Europe/Berlin');
    expect(iso(berlin.toLocal(wall('2025-10-26T00:30:00')))).toBe('2025-10-26T02:30:00');
    expect(iso(berlin.toLocal(wall('2025-10-26T01:30:00')))).toBe('2025-10-26T02:30:00');
  });

  test.each([
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'America/St_Johns',
    'Pacific/Apia',
    'Africa/Casablanca',
    'Asia/Kolkata',
    'America/Sao_Paulo',
  ])('%s agrees with Temporal at every wall time', (id) => {
    const known = zone(id);
    fc.assert(
      fc.property(fc.integer({ min: wall('1970-01-01T00:00:00'), max: wall('2060-01-01T00:00:00') }), (local) => {
        const time = Temporal.Instant.fromEpochMilliseconds(local * 1000)
          .toZonedDateTimeISO('UTC')
          .toPlainDateTime();
        const expected = time.toZonedDateTime(id, { disambiguation: 'compatible' }).epochMilliseconds / 1000;
        return known.toInstant(local) === expected;
      }),
      { numRuns: 300 },
    );
  });
});

describe('zoneById', () => {
  test.each([
    ['europe/berlin', 'Europe/Berlin'],
    ['W. Europe Standard Time', 'Europe/Berlin'],
    ['w. europe standard time', 'Europe/Berlin'],
    ['/mozilla.org/20050126_1/Europe/Berlin', 'Europe/Berlin'],
    ['/softwarestudio.org/Tzfile/America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['/freeassociation.sourceforge.net/Europe/Berlin', 'Europe/Berlin'],
    ['/citadel.org/20210210_1/Asia/Tokyo', 'Asia/Tokyo'],
    ['Eastern Standard Time', 'America/New_York'],
    ['India Standard Time', 'Asia/Kolkata'],
  ])('knows %s', (tzid, id) => {
    expect(zoneById(tzid)?.id).toBe(id);
  });

  test.each(['UTC', 'Etc/UTC', 'GMT', 'Z', 'tzone://Microsoft/Utc', '/vendor/UTC'])('knows %s as UTC', (tzid) => {
    expect(zoneById(tzid)).toBe(utc);
  });

  test.each(['', 'Mars/Olympus', 'Customized Time Zone', '+01:00', 'x'.repeat(1000), '/', '///'])(
    'does not know "%s"',
    (tzid) => {
      expect(zoneById(tzid)).toBeNull();
    },
  );

  test('gives one object for all spellings of a zone', () => {
    expect(zoneById('Romance Standard Time')).toBe(zoneById('Europe/Paris'));
  });
});
