import { type ContentLine, type Parameter, parameterOf } from '../content-line.js';

/** A managed attachment as ATTACH shows it (RFC 8607 4). */
export interface ManagedAttachment {
  readonly managedId: string;
  readonly mediaType: string;
  readonly size: number;
  readonly filename: string;
  readonly url: string;
}

/** The parameters that the server alone sets, and those that say how a value is written. */
const own: ReadonlySet<string> = new Set(['MANAGED-ID', 'FMTTYPE', 'SIZE', 'FILENAME', 'VALUE', 'ENCODING']);

/** One line, not folded. @param sent what other parameters are taken over from */
export function attachLine(attachment: ManagedAttachment, sent: readonly Parameter[] = []): string {
  const { managedId, mediaType, size, filename, url } = attachment;
  const parameters: readonly Parameter[] = [
    { name: 'MANAGED-ID', values: [managedId] },
    { name: 'FMTTYPE', values: [mediaType] },
    { name: 'SIZE', values: [String(size)] },
    { name: 'FILENAME', values: [filename] },
    ...sent.filter(({ name }) => !own.has(name)),
  ];
  return `ATTACH;${parameters.map(written).join(';')}:${url}`;
}

/** Whether the property says of the attachment what the server says. */
export function isSameAttachment(property: ContentLine, attachment: ManagedAttachment): boolean {
  const { managedId, mediaType, size, filename, url } = attachment;
  return (
    parameterOf(property, 'MANAGED-ID') === managedId &&
    parameterOf(property, 'FMTTYPE')?.toLowerCase() === mediaType.toLowerCase() &&
    parameterOf(property, 'SIZE') === String(size) &&
    parameterOf(property, 'FILENAME') === filename &&
    property.value === url
  );
}

const written = ({ name, values }: Parameter): string => `${name}=${values.map(writtenValue).join(',')}`;

/** Quoted where it must be; what quotes cannot hold as RFC 6868 has it. */
function writtenValue(value: string): string {
  const encoded = value.replace(/[\^"\n]/g, (special) => carets[special] as string);
  return /^[\w.+/@-]*$/.test(encoded) ? encoded : `"${encoded}"`;
}

const carets: Readonly<Record<string, string>> = { '^': '^^', '"': "^'", '\n': '^n' };
