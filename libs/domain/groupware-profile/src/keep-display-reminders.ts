import { type Component, keepComponents, propertyOf } from '@almanac/icalendar';
import { groupwareOnly, type ProfileRule, rewriteEach } from './profile-rule.js';

/** Row R3. */
export const keepDisplayReminders: ProfileRule = {
  row: 'R3',
  profiles: groupwareOnly,
  words: 'Only reminders that show a message (ACTION:DISPLAY) are kept, in appointments and tasks.',
  apply: (draft) =>
    rewriteEach(draft, 'R3', (part, say) =>
      keepComponents(part, (inner) => {
        const action = inner.name === 'VALARM' ? actionOf(inner) : 'DISPLAY';
        if (action === 'DISPLAY') return true;
        say(
          `A reminder ${kinds[action] ?? `of the kind ${action}`} was left out: only those that show a message are kept.`,
        );
        return false;
      }),
    ),
};

const kinds: Readonly<Record<string, string>> = {
  AUDIO: 'by sound',
  EMAIL: 'by mail',
  PROCEDURE: 'that starts a program',
};

function actionOf(alarm: Component): string {
  return propertyOf(alarm, 'ACTION')?.value.trim().toUpperCase() ?? '';
}
