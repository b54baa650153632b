export { parseMkcalendar } from './bodies/mkcalendar.js';
export { parseMkcol } from './bodies/mkcol.js';
export { parsePropfind } from './bodies/propfind.js';
export type { PropertyInstruction } from './bodies/property-instructions.js';
export type { PropertyRequest } from './bodies/property-request.js';
export { parsePropertyupdate } from './bodies/propertyupdate.js';
export { badRequest, DavError, type DavErrorParts, forbidden } from './dav-error.js';
export { decodeXmlBody } from './decode-xml-body.js';
export { escapeAttribute, escapeText } from './escape-text.js';
export { dispositionFilename, writeAttachmentDisposition } from './headers/content-disposition.js';
export { type Depth, parseDepth } from './headers/depth.js';
export { type EntityTagCondition, matchesEntityTag, opaqueTag, parseEntityTags } from './headers/entity-tags.js';
export { evaluateIf, type ResourceState } from './headers/evaluate-if.js';
export { type IfCondition, type IfList, parseIf } from './headers/if-header.js';
export { parseOverwrite } from './headers/overwrite.js';
export { type OctetRange, parseRange } from './headers/range.js';
export { parsePrefer, type Preferences } from './headers/prefer.js';
export {
  href,
  multistatusClose,
  multistatusOpen,
  type PropstatGroup,
  propertyResponse,
  propstatResponse,
  propstats,
  type ResponseError,
  statusResponse,
  syncToken,
  xmlDocument,
} from './multistatus.js';
export {
  almanac,
  apple,
  calendarServer,
  caldav,
  dav,
  localNameOf,
  namespaceOf,
  namespaces,
  type PropertyName,
  xmlLang,
} from './names.js';
export { defaultXmlLimits, parseXml, type XmlLimits } from './parse-xml.js';
export { parseDestination } from './paths/parse-destination.js';
export { maxSegmentBytes, type ParsedPath, parsePath } from './paths/parse-path.js';
export { encodeSegment, writePath } from './paths/write-path.js';
export { type PropertyTag, property, propertyTag, propertyWriter } from './property-tag.js';
export { parseReport } from './reports/parse-report.js';
export type * from './reports/report-request.js';
export { statusLine } from './status-line.js';
export { writeError } from './write-error.js';
export { writeElement } from './write-xml.js';
export { childElements, childNamed, childrenNamed, textOf, type XmlElement } from './xml-element.js';
export { isXmlName } from './xml-name.js';
