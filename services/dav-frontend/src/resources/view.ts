import { createHash } from 'node:crypto';
import type { Right } from '@almanac/access';
import type { MemberRecord, OverlayRecord, PrincipalRecord } from '@almanac/contracts';
import type { ClientForm } from '../clients/client-form.js';

/** A member as a viewer is shown it; masked: as busy time only (V4). */
export type ShownMember = MemberRecord & { readonly masked?: true };

/**
 * How a viewer is shown a collection. What is stored goes out as it is to the owner, in whatever program it has no special
 * form for; all others see their own reminders (R6), and of what is private only that it takes time (V4).
 */
export interface View {
  /** Follows the position in sync tokens, and the version in ETags: who is shown something else continues from nothing. */
  readonly tag: string;
  /** The version of what the viewer has set for itself; 0 where that is nothing. */
  readonly overlay: number;
  /** False: what is stored is shown, so an index may answer for it. */
  readonly alters: boolean;
  /** What the member's ETag ends in, after its version. */
  tagOf(name: string): string;
  show(member: MemberRecord): ShownMember;
  /** The same in no client's form. */
  sight(member: MemberRecord): ShownMember;
}

const asStored = (member: MemberRecord): ShownMember => member;
export const storedView: View = {
  ...{ tag: '', overlay: 0, alters: false },
  tagOf: () => '',
  show: asStored,
  sight: asStored,
};

export interface Viewing {
  readonly viewer: PrincipalRecord;
  readonly right: Right;
  readonly overlay: OverlayRecord | null;
  readonly forms: readonly ClientForm[];
}

/** Letters that name the client's forms: what one program was given is no other's copy. */
const formTag = (forms: readonly ClientForm[]): string =>
  forms.length === 0 ? '' : `~${forms.map(({ letter }) => letter).join('')}`;

/** What is shown differently to two viewers, or at two levels of rights, has different names. */
function viewerTag({ id, addresses }: PrincipalRecord, right: Right): string {
  const seen = JSON.stringify([id, addresses, right === 'see-busy']);
  return createHash('sha256').update(seen).digest('hex').slice(0, 10);
}

const inForms =
  (forms: readonly ClientForm[]) =>
  (member: ShownMember): ShownMember =>
    forms.reduce((shown, form) => withText(shown, form.show(textOf(shown))), member);

/** The owner's own. */
export function ownView(forms: readonly ClientForm[]): View {
  if (forms.length === 0) return storedView;
  const ending = formTag(forms);
  return { ...storedView, alters: true, tagOf: () => ending, show: inForms(forms) };
}

/** Somebody else's. @param sight what they see of a member, before the client's forms */
export function shareeView(
  { viewer, right, overlay, forms }: Viewing,
  sight: (member: MemberRecord) => ShownMember,
): View {
  const tag = viewerTag(viewer, right);
  const ending = formTag(forms);
  const inForm = inForms(forms);
  return {
    tag,
    overlay: overlay?.version ?? 0,
    alters: true,
    tagOf: (name) => `-${tag}.${overlay?.alarms[name]?.version ?? 0}${ending}`,
    show: (member) => inForm(sight(member)),
    sight,
  };
}

export const textOf = ({ data }: MemberRecord): string =>
  Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('utf8');

/** The same member where the text is the same. */
export function withText(member: ShownMember, text: string): ShownMember {
  if (text === textOf(member)) return member;
  const data = Buffer.from(text);
  return { ...member, data, size: data.byteLength };
}
