import { type AttachmentRecord, tenantId } from '@almanac/contracts';
import { type CalendarItem, type ContentLine, parameterOf, propertiesOf } from '@almanac/icalendar';
import { attachmentPath } from '../attachments/attachment-url.js';
import type { RequestContext } from '../request-context.js';
import type { MemberResource } from '../resources/resource.js';

/** Milliseconds for which a link opens an attachment: as long as somebody may look at the appointment. */
const lifetime = 60 * 60_000;

/** The attachments of one component; those that the server keeps with a link that opens without credentials (A1). */
export async function attachmentsJson(context: RequestContext, resource: MemberResource, { component }: CalendarItem) {
  const { ports, tenant } = context;
  const attached = propertiesOf(component, 'ATTACH').filter(({ value }) => /^https?:/i.test(value));
  const ids = attached.flatMap((property) => parameterOf(property, 'MANAGED-ID') ?? []);
  const found = ids.length === 0 ? [] : await ports.attachments.attachments(tenantId(tenant.id), ids);
  const records = new Map(found.filter((record) => isHeldBy(record, resource)).map((each) => [each.managedId, each]));
  return Promise.all(
    attached.map(async (property) => {
      const record = records.get(parameterOf(property, 'MANAGED-ID') ?? '');
      return record === undefined ? elsewhere(property) : kept(context, record);
    }),
  );
}

/** That a text names an attachment opens it for nobody. */
const isHeldBy = ({ references, awaited }: AttachmentRecord, { collection, stored }: MemberResource): boolean =>
  [...references, ...awaited].some(({ stream, name }) => stream === collection.stream && name === stored.name);

async function kept({ ports }: RequestContext, record: AttachmentRecord) {
  const { tenant, home, managedId, filename, size, mediaType } = record;
  const query = await ports.links.sign({ tenant, managedId }, Date.now() + lifetime);
  return { managedId, href: `${attachmentPath(home, record)}?${query}`, filename, size, type: mediaType };
}

function elsewhere(property: ContentLine) {
  const { value } = property;
  const size = Number(parameterOf(property, 'SIZE') ?? Number.NaN);
  return {
    managedId: parameterOf(property, 'MANAGED-ID') ?? null,
    href: value,
    filename: parameterOf(property, 'FILENAME') ?? lastPart(value),
    size: Number.isSafeInteger(size) ? size : null,
    type: parameterOf(property, 'FMTTYPE') ?? null,
  };
}

const lastPart = (url: string): string => (URL.canParse(url) && new URL(url).pathname.split('/').at(-1)) || url;
