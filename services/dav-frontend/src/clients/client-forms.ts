import { appleAccess } from './apple-access.js';
import { applePlaceholderAlarm } from './apple-placeholder-alarm.js';
import type { ClientForm } from './client-form.js';
import { macosSeriesAttachments } from './macos-series-attachments.js';

const table: readonly ClientForm[] = [macosSeriesAttachments, applePlaceholderAlarm, appleAccess];

/** The forms that a client is given calendar data in, in the order in which they are made. */
export const clientForms = (userAgent: string | undefined): readonly ClientForm[] =>
  userAgent === undefined ? [] : table.filter(({ appliesTo }) => appliesTo(userAgent));
