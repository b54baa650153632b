const holders = /^BEGIN:(VEVENT|VTODO|VJOURNAL)\s*$/i;

interface Part {
  readonly kind: 'shared' | 'object';
  readonly uid: string;
  readonly lines: readonly string[];
}

/** Of how many appointments and tasks a part is. */
const size = 50;

/**
 * A calendar file in parts that are calendars of their own, so that a large one can be sent with progress. What belongs
 * together by its UID stays together, and the zones go along with each; reading them is the server's.
 */
export function splitFile(text: string): readonly string[] {
  const parts = partsOf(text.split(/\r?\n/));
  const shared = parts.filter(({ kind }) => kind === 'shared').flatMap(({ lines }) => lines);
  const objects = new Map<string, string[]>();
  for (const { kind, uid, lines } of parts) {
    if (kind === 'object') objects.set(uid, [...(objects.get(uid) ?? []), ...lines]);
  }
  const all = [...objects.values()];
  if (all.length <= size) return [text];
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) => {
    const own = all.slice(index * size, (index + 1) * size).flat();
    return [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Almanac//Web//EN',
      ...shared,
      ...own,
      'END:VCALENDAR',
      '',
    ].join('\r\n');
  });
}

function partsOf(lines: readonly string[]): readonly Part[] {
  const parts: Part[] = [];
  let from = -1;
  let name = '';
  for (const [index, line] of lines.entries()) {
    const begun = from < 0 ? /^BEGIN:([A-Z-]+)\s*$/i.exec(line)?.[1]?.toUpperCase() : undefined;
    if (begun !== undefined && begun !== 'VCALENDAR') [from, name] = [index, begun];
    if (from < 0 || line.trim().toUpperCase() !== `END:${name}`) continue;
    const own = lines.slice(from, index + 1);
    const isObject = holders.test(own[0] ?? '');
    const uid = own.find((each) => /^UID[:;]/i.test(each)) ?? `${index}`;
    if (isObject || name === 'VTIMEZONE') parts.push({ kind: isObject ? 'object' : 'shared', uid, lines: own });
    from = -1;
  }
  return parts;
}
