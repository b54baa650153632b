/** Bounds of a calendar object, published as properties of every collection (RFC 4791 5.2.6–5.2.9). */
export const instanceLimits = {
  minDateTime: '00010101T000000Z',
  /** The same in UTC seconds. */
  minInstant: -62_135_596_800,
  maxDateTime: '99991231T235959Z',
  maxInstant: 253_402_300_799,
  /** Overrides and listed dates of one object; what a rule generates may be endless. */
  maxInstances: 5_000,
  maxAttendees: 2_000,
} as const;
