import type { Attachment } from '../api/types.js';
import { Icon } from '../parts/icon.js';
import { formatSize } from '../text/format.js';
import { t } from '../text/t.js';

/** A file that was chosen, and how far it is. */
export interface Chosen {
  readonly file: File;
  /** 0 to 1 while it is sent. */
  readonly progress: number | null;
  readonly fault: string;
}

export interface AttachmentFieldsProps {
  readonly attachments: readonly Attachment[];
  readonly chosen: readonly Chosen[];
  /** Those are of all occurrences. */
  readonly isSeries: boolean;
  readonly choose: (files: readonly File[]) => void;
  /** Takes a chosen file back, and stops sending it. */
  readonly drop: (file: File) => void;
  readonly remove: (attachment: Attachment) => void;
}

/** The files of an appointment; what is chosen goes over when the appointment is saved. */
export function AttachmentFields({ attachments, chosen, isSeries, choose, drop, remove }: AttachmentFieldsProps) {
  return (
    <fieldset class="attachments">
      <legend>{t('attachments')}</legend>
      {isSeries ? <p class="hint">{t('attachmentsOfSeries')}</p> : null}
      <ul>
        {attachments.map((each) => (
          <AttachmentRow key={each.href} attachment={each}>
            {each.managedId === null ? null : (
              <button type="button" class="icon-button" onClick={() => remove(each)}>
                <Icon name="close" label={t('removeOf', { name: each.filename })} />
              </button>
            )}
          </AttachmentRow>
        ))}
        {chosen.map((each) => (
          <li key={`${each.file.name}/${each.file.size}`}>
            <span class="who">
              <span>{each.file.name}</span>
              <small class={each.fault === '' ? '' : 'is-late'} role={each.fault === '' ? undefined : 'alert'}>
                {each.fault === '' ? formatSize(each.file.size) : each.fault}
              </small>
            </span>
            {each.progress === null ? null : (
              <progress aria-label={t('uploadOf', { name: each.file.name })} max={1} value={each.progress} />
            )}
            <button type="button" class="icon-button" onClick={() => drop(each.file)}>
              <Icon
                name="close"
                label={t(each.progress === null ? 'removeOf' : 'cancelUploadOf', { name: each.file.name })}
              />
            </button>
          </li>
        ))}
      </ul>
      <label class="button quiet file-button">
        <Icon name="plus" />
        {t('addFiles')}
        <input
          type="file"
          multiple
          onChange={({ currentTarget }) => {
            choose([...(currentTarget.files ?? [])]);
            currentTarget.value = '';
          }}
        />
      </label>
    </fieldset>
  );
}

interface AttachmentRowProps {
  readonly attachment: Attachment;
  readonly children?: preact.ComponentChildren;
}

export const AttachmentRow = ({ attachment: { managedId, href, filename, size }, children }: AttachmentRowProps) => (
  <li>
    <span class="who">
      {managedId === null ? (
        <LinkElsewhere href={href} name={filename} />
      ) : (
        <a href={href} download={filename}>
          {filename}
        </a>
      )}
      {size === null ? null : <small>{formatSize(size)}</small>}
    </span>
    {children}
  </li>
);

/** It opens beside the page, where something may be half written; what is no page of the web is no link. */
const LinkElsewhere = ({ href, name }: { readonly href: string; readonly name: string }) =>
  /^https?:/i.test(href) ? (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {name}
    </a>
  ) : (
    <span>{name}</span>
  );
