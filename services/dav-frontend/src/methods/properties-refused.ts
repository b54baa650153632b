import { type PropertyInstruction, type PropertyName, propstats, xmlDocument } from '@almanac/dav-protocol';
import type { DavResponse } from '../http/dav-request.js';
import { xmlResponse } from '../http/send-response.js';
import { type CheckedInstructions, failedGroups } from '../properties/property-changes.js';

/** Nothing was made, as some of its properties could not be set (RFC 5689 3, RFC 4791 5.3.1). */
export function propertiesRefused(
  root: PropertyName,
  instructions: readonly PropertyInstruction[],
  faults: CheckedInstructions['faults'],
): DavResponse {
  return xmlResponse(424, xmlDocument(root, propstats(failedGroups(instructions, faults))));
}
