import { randomUUID } from 'node:crypto';
import type { NewHome, ProfileSettings } from '@almanac/contracts';
import { newEpoch } from '@almanac/ports';

/** UUID segments: iOS passes over a calendar that is called "default" (clients-and-peers B24). */
const folder = (name: string) => ({
  segment: randomUUID(),
  epoch: newEpoch(),
  name,
});

/** What a new user's home starts with; all that is random in it is drawn here. */
export const newHome = (settings: ProfileSettings): NewHome => ({
  ...settings,
  defaultCalendar: folder('Calendar'),
  defaultTasks: folder('Tasks'),
});
