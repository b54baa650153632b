import { useState } from 'preact/hooks';
import { api } from '../api/request.js';
import type { Participant, Principal, Session } from '../api/types.js';
import { ListField } from '../parts/list-field.js';
import { tellFault } from '../state/stores.js';
import { t } from '../text/t.js';

const statuses = {
  'NEEDS-ACTION': 'notAnswered',
  ACCEPTED: 'accepted',
  DECLINED: 'declined',
  TENTATIVE: 'tentative',
  DELEGATED: 'delegated',
} as const;

/** Whether somebody comes (RFC 5545 3.2.12), in plain words. */
export const statusText = ({ status }: Participant): string =>
  t(statuses[(status ?? 'NEEDS-ACTION') as keyof typeof statuses] ?? 'notAnswered');

export const nameOf = ({ name, address }: Participant): string => (name == null || name === '' ? address : name);

interface ParticipantFieldsProps {
  readonly attendees: readonly Participant[];
  readonly isPrivate: boolean;
  readonly session: Session;
  readonly change: (attendees: readonly Participant[]) => void;
}

/** Who takes part, as data: nobody is written to. */
export function ParticipantFields({ attendees, isPrivate, session, change }: ParticipantFieldsProps) {
  const [found, setFound] = useState<readonly Principal[]>([]);
  const suggest = (text: string): void => {
    if (text.length < 2) return setFound([]);
    const query = new URLSearchParams({ search: text });
    api<{ principals: readonly Principal[] }>('GET', `principals?${query}`).then(
      ({ principals }) => setFound(principals),
      tellFault,
    );
  };
  const add = (address: string): void => {
    if (attendees.some((each) => each.address.toLowerCase() === address.toLowerCase())) return;
    const name = found.find((each) => each.address === address)?.name ?? null;
    change([...attendees, { address, name }]);
  };
  const isLost = isPrivate && session.profile === 'groupware';
  return (
    <>
      <ListField
        label={t('participants')}
        hint={t('participantsHint')}
        type="email"
        entries={attendees.map((each) => ({ name: nameOf(each), note: statusText(each) }))}
        add={add}
        remove={(index) => change(attendees.filter((_, at) => at !== index))}
        suggest={suggest}
        suggestions={found.flatMap(({ name, address }) => (address === null ? [] : [{ value: address, name }]))}
      />
      {isLost ? (
        <p class="hint warning" role="status">
          {t('privateAlone')}
        </p>
      ) : null}
    </>
  );
}
