import { keepingOverrideAttachments, withoutOverrideAttachments } from '@almanac/icalendar';
import { isSeriesOnly } from './macos-attachments-series-only.js';
import type { ClientForm } from './client-form.js';

/**
 * Row A3. When and why: `macos-attachments-series-only.ts`. What: macOS is shown the attachments of the series only, and
 * exceptions that it puts keep what they have.
 */
export const macosSeriesAttachments: ClientForm = {
  letter: 'm',
  appliesTo: isSeriesOnly,
  show: withoutOverrideAttachments,
  read: keepingOverrideAttachments,
};
