import { randomBytes, randomUUID } from 'node:crypto';
import type { NewHome, Profile } from '@almanac/contracts';

/** UUID segments: iOS passes over a calendar that is called "default" (clients-and-peers B24). */
const folder = (name: string) => ({
  segment: randomUUID(),
  epoch: randomBytes(8).readBigUInt64BE().toString(36),
  name,
});

/** What a new user's home starts with; all that is random in it is drawn here. */
export const newHome = (profile: Profile): NewHome => ({
  profile,
  defaultCalendar: folder('Calendar'),
  defaultTasks: folder('Tasks'),
});
