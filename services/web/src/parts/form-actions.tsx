import { t } from '../text/t.js';

interface FormActionsProps {
  readonly close: () => void;
  /** Something is under way: nothing else is begun. */
  readonly isBusy: boolean;
  /** Null where there is nothing to delete, or no right to. */
  readonly remove?: (() => void) | null;
}

/** What a form in a dialog ends with. */
export const FormActions = ({ close, isBusy, remove = null }: FormActionsProps) => (
  <div class="actions">
    {remove === null ? null : (
      <button type="button" class="danger left" disabled={isBusy} onClick={remove}>
        {t('delete')}
      </button>
    )}
    <button type="button" onClick={close}>
      {t('cancel')}
    </button>
    <button type="submit" class="primary" disabled={isBusy}>
      {t('save')}
    </button>
  </div>
);
