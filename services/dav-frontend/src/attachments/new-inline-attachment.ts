import type { NewAttachment } from '@almanac/contracts';
import { type CalendarObject, parameterOf, type SeparatedContent, type SentAttachment } from '@almanac/icalendar';
import type { BlobRecord } from '@almanac/ports';
import type { RequestContext } from '../request-context.js';
import { newManagedId } from './attachment-steps.js';
import { mediaTypeOf } from './media-type.js';
import { safeFilename } from './safe-filename.js';

type Property = SentAttachment['property'];

/** How clients name inline attachments. */
const nameParameters = [
  'FILENAME',
  'X-FILENAME',
  'X-APPLE-FILENAME',
  'X-ORACLE-FILENAME',
  'X-EVOLUTION-CALDAV-ATTACHMENT-NAME',
];

/** What an inline attachment becomes, named by what its property tells. */
export function newInlineAttachment(
  { request }: RequestContext,
  object: CalendarObject,
  { kept: { digest, size }, line }: SeparatedContent<BlobRecord>,
): NewAttachment {
  const property = propertyInLine(object, line);
  const parameter = (name: string) => (property === null ? undefined : parameterOf(property, name));
  const filename = nameParameters.map(parameter).find((name) => name !== undefined) ?? null;
  return {
    ...{ managedId: newManagedId(), digest, size, origin: request.origin },
    mediaType: mediaTypeOf(parameter('FMTTYPE')),
    filename: safeFilename(filename),
  };
}

/** Null where the property is not in a component that is part of the object. */
export function propertyInLine({ root }: CalendarObject, line: number): Property | null {
  const search = (component: typeof root): Property | null => {
    const own = component.properties.find((property) => property.line === line);
    if (own !== undefined) return own;
    for (const inner of component.components) {
      const found = search(inner);
      if (found !== null) return found;
    }
    return null;
  };
  return search(root);
}
