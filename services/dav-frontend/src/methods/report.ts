import { badRequest, DavError, dav, parseReport } from '@almanac/dav-protocol';
import type { Method } from '../method.js';
import { reports } from '../reports/reports.js';
import { supports } from '../reports/supported-reports.js';
import { locate } from '../resources/locate.js';
import { mapped } from '../resources/mapped.js';

/** RFC 3253 3.6: the body's root says which report. */
export const report: Method = async (context) => {
  const body = await context.request.xml();
  if (body === null) throw badRequest('REPORT needs an XML body that names the report.');
  const resource = mapped(await locate(context, context.request.path));
  if (!supports(resource.kind, body.name)) {
    throw new DavError(403, {
      precondition: dav('supported-report'),
      detail: `The report ${body.name} is not there on this resource; see DAV:supported-report-set.`,
    });
  }
  return reports(context, resource, parseReport(body));
};
