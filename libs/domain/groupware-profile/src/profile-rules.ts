import { actOnDismissal } from './act-on-dismissal.js';
import { discardApplePlaceholder } from './discard-apple-placeholder.js';
import { discardLateReminders } from './discard-late-reminders.js';
import { discardPrivateParticipants } from './discard-private-participants.js';
import { discardUnknownProperties } from './discard-unknown-properties.js';
import { discardUnknownTaskProperties } from './discard-unknown-task-properties.js';
import { discardUrl } from './discard-url.js';
import { keepDisplayReminders } from './keep-display-reminders.js';
import { keepOneReminder } from './keep-one-reminder.js';
import { keepSimpleTasks } from './keep-simple-tasks.js';
import { keepTaskStateConsistent } from './keep-task-state-consistent.js';
import { makeConfidentialPrivate } from './make-confidential-private.js';
import type { ProfileRule, RuleId } from './profile-rule.js';
import { shareAnswers } from './share-answers.js';
import { skipRepeatedAttachments } from './skip-repeated-attachments.js';
import { takeClassFromAccess } from './take-class-from-access.js';
import { turnTaskDatesToUtc } from './turn-task-dates-to-utc.js';

/** The rules in the order in which they run, each on what the one before it left. */
export const profileRules: readonly ProfileRule[] = [
  takeClassFromAccess,
  discardApplePlaceholder,
  skipRepeatedAttachments,
  shareAnswers,
  // Reminders: dismissals first, since a reminder that is gone is no longer "the first"; then what cannot stay, then one.
  actOnDismissal,
  keepDisplayReminders,
  discardLateReminders,
  keepOneReminder,
  discardUrl,
  discardUnknownProperties,
  makeConfidentialPrivate,
  discardPrivateParticipants,
  keepSimpleTasks,
  discardUnknownTaskProperties,
  turnTaskDatesToUtc,
  keepTaskStateConsistent,
];

export const ruleIds: readonly RuleId[] = profileRules.map(({ row }) => row);
