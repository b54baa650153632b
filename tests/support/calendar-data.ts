/** An event as a client might send it; `lines` go into the VEVENT. */
export const event = (uid: string, lines: readonly string[] = []): string =>
  calendar([
    'BEGIN:VEVENT',
    `UID:${uid}`,
    'DTSTAMP:20260101T000000Z',
    ...(lines.some((line) => line.startsWith('DTSTART')) ? [] : ['DTSTART:20261124T100000Z', 'DTEND:20261124T110000Z']),
    ...(lines.some((line) => line.startsWith('SUMMARY')) ? [] : [`SUMMARY:Event ${uid}`]),
    ...lines,
    'END:VEVENT',
  ]);

export const todo = (uid: string, lines: readonly string[] = []): string =>
  calendar(['BEGIN:VTODO', `UID:${uid}`, 'DTSTAMP:20260101T000000Z', `SUMMARY:Task ${uid}`, ...lines, 'END:VTODO']);

export const calendar = (lines: readonly string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Almanac//Tests//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n');
