/** Bounds of a calendar object, published as properties of every collection (RFC 4791 5.2.6–5.2.9). */
export const instanceLimits = {
  minDateTime: '00010101T000000Z',
  maxDateTime: '99991231T235959Z',
  /** Overrides and listed dates of one object; what a rule generates may be endless. */
  maxInstances: 5_000,
  maxAttendees: 2_000,
} as const;
