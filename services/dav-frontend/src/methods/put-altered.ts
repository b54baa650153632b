import { may } from '@almanac/access';
import type { MemberCondition, MemberRecord, Outcome } from '@almanac/contracts';
import { DavError, dav, forbidden } from '@almanac/dav-protocol';
import { sameContent, splitAlarms, type UserAlarms, withoutPlaceholderAlarm } from '@almanac/icalendar';
import type { DavResponse } from '../http/dav-request.js';
import type { RequestContext } from '../request-context.js';
import { checkIf, checkTags, checkUnmodified } from '../resources/conditions.js';
import { demandUnmasked } from '../resources/demand-unmasked.js';
import { locate } from '../resources/locate.js';
import { memberLimits } from '../resources/quota.js';
import type { CollectionResource, Located } from '../resources/resource.js';
import { entityTag } from '../resources/tags.js';
import { textOf } from '../resources/view.js';
import { ownerOf, send } from '../send-command.js';
import { contentForAll, setOwnAlarms } from './own-alarms.js';
import { type MemberTarget, targetIn } from './member-target.js';
import { type CalendarBody, describeObject } from './read-calendar-body.js';
import type { AttachedContent } from '../attachments/put-attachments.js';

/** Somebody else changed the member while this request was carried out, so many times in a row. */
const maxAttempts = 5;

/**
 * A PUT that is not stored as it comes: it is brought together with what is there, and decided on that very version. The
 * answer has no ETag, so the client fetches what it is shown now (RFC 4791 5.3.4).
 */
export async function putAltered(
  context: RequestContext,
  body: CalendarBody,
  content: AttachedContent,
): Promise<DavResponse> {
  for (let attempt = 1; ; attempt += 1) {
    const located = await locate(context, context.request.path);
    const conditional = await hasCondition(context, located);
    try {
      const { outcome, text } = await putOver(context, located, content);
      return answerFor(targetIn(located), {
        outcome,
        same: text === body.text && content.received === undefined,
        body,
      });
    } catch (error) {
      const isOvertaken = error instanceof DavError && error.status === 412 && !conditional;
      if (!isOvertaken || attempt === maxAttempts) throw error;
    }
  }
}

/** @throws DavError 412 when the client's conditions do not hold now; what is put is pinned to what they were found true of */
async function hasCondition(context: RequestContext, located: Located): Promise<boolean> {
  const tagged = checkTags(context, located);
  const unmodified = checkUnmodified(context, located);
  return (await checkIf(context, located)) || tagged || unmodified;
}

/** As for any PUT, where all of it is stored as it came and shown like that. */
function answerFor(
  { folder, name }: MemberTarget,
  { outcome, same, body }: Done & { body: CalendarBody },
): DavResponse {
  const { created, altered, version, epoch = '' } = outcome;
  const status = created === true ? 201 : 204;
  const shown = same && altered === false && folder.forms.every(({ show }) => show(body.text) === body.text);
  return shown ? { status, headers: { ETag: entityTag({ epoch }, version, folder.view.tagOf(name)) } } : { status };
}

interface Done {
  readonly outcome: Outcome;
  readonly same: boolean;
}

async function putOver(
  context: RequestContext,
  located: Located,
  body: AttachedContent,
): Promise<{ readonly outcome: Outcome; readonly text: string | null }> {
  const { folder, name } = targetIn(located);
  const stored = located.kind === 'member' ? located.stored : null;
  if (located.kind === 'member') demandUnmasked(located);
  const sent = readForms(folder, body.text, stored);
  const rules = body.without === undefined ? {} : { without: body.without };
  const described = (text: string): AttachedContent => ({ ...describeObject(text, context.limits), ...rules });
  if (folder.right === 'owner') {
    const content = sent === body.text ? body : described(sent);
    return { outcome: await putContent(context, folder, { name, content, stored }), text: sent };
  }
  // The rule against it is of the folder, and has no part in what users keep for themselves (R7).
  const { content, alarms } = splitAlarms(withoutPlaceholderAlarm(sent));
  if (stored !== null && isOnlyAlarms(folder, { content, ownersAlarms: context.ownersAlarms }, stored)) {
    await setOwnAlarms(context, folder, { member: stored, alarms });
    return { outcome: { version: stored.version }, text: null };
  }
  const whole = described(contentForAll(folder, content, stored, context.ownersAlarms));
  const outcome = await putContent(context, folder, { name, content: whole, stored });
  await setOwnAlarms(context, folder, { member: { name, uid: body.facts.uid }, alarms });
  return { outcome, text: null };
}

const readForms = ({ forms }: CollectionResource, sent: string, stored: MemberRecord | null): string =>
  forms.reduce((text, form) => form.read?.(text, stored === null ? null : textOf(stored)) ?? text, sent);

interface ForOthers {
  readonly content: string;
  readonly ownersAlarms: UserAlarms | undefined;
}

/**
 * Whether a sharee changes nothing that others see: that is allowed with every right (R6).
 * @throws DavError 403 when they change more than they may
 */
function isOnlyAlarms(
  { right, viewer }: CollectionResource,
  { content, ownersAlarms }: ForOthers,
  stored: MemberRecord,
): boolean {
  const now = splitAlarms(textOf(stored));
  const keepsOwners = ownersAlarms === undefined || JSON.stringify(ownersAlarms) === JSON.stringify(now.alarms);
  if (keepsOwners && sameContent(content, now.content)) return true;
  if (may(right, 'change', stored.createdBy === viewer)) return false;
  throw forbidden(
    dav('need-privileges'),
    'Your rights on this shared calendar let you set reminders of your own, but not change the appointment.',
  );
}

interface Put {
  readonly name: string;
  readonly content: AttachedContent;
  readonly stored: MemberRecord | null;
}

function putContent(context: RequestContext, folder: CollectionResource, { name, content, stored }: Put) {
  const condition: MemberCondition = { pinned: { version: stored?.version ?? null } };
  const limits = memberLimits(context.limits);
  const more = { ...content, ...context.restored };
  return send(context, ownerOf(folder.collection), { type: 'PutMember', name, condition, limits, ...more });
}
