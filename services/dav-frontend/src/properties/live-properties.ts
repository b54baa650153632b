import { dav, type PropertyName } from '@almanac/dav-protocol';
import { supportedReports } from '../reports/supported-reports.js';
import { accessProperties } from './access-properties.js';
import { attachmentProperties } from './attachment-properties.js';
import { calendarProperties } from './calendar-properties.js';
import { defaultAlarmProperties } from './default-alarm-properties.js';
import { everyKind, type LiveProperty, readerFor } from './live-property.js';
import { principalProperties } from './principal-properties.js';
import { resourceProperties } from './resource-properties.js';
import { treeProperties } from './tree-properties.js';

/** RFC 3253 3.1.5 */
const supportedReportSet: LiveProperty = {
  name: dav('supported-report-set'),
  inAllprop: false,
  read: readerFor(everyKind, ({ kind }) =>
    supportedReports(kind)
      .map((name) => `<d:supported-report><d:report>${name}</d:report></d:supported-report>`)
      .join(''),
  ),
};

/** Every property that the server itself knows; all others are dead ones, kept as they come. */
export const liveProperties: ReadonlyMap<PropertyName, LiveProperty> = new Map(
  [
    ...resourceProperties,
    supportedReportSet,
    ...accessProperties,
    ...principalProperties,
    ...calendarProperties,
    ...defaultAlarmProperties,
    ...treeProperties,
    ...attachmentProperties,
  ].map((live) => [live.name, live]),
);
