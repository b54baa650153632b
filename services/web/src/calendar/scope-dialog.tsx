import type { Scope } from '../api/objects.js';
import { Dialog } from '../parts/dialog.js';
import { t } from '../text/t.js';

interface ScopeDialogProps {
  readonly title: string;
  readonly choose: (scope: Scope) => void;
  readonly close: (isChosen: boolean) => void;
}

const scopes = [
  ['this', 'scopeThis'],
  ['future', 'scopeFuture'],
  ['all', 'scopeAll'],
] as const;

/** Which occurrences of a series are meant. */
export const ScopeDialog = ({ title, choose, close }: ScopeDialogProps) => (
  <Dialog title={title} close={() => close(false)}>
    <div class="choices">
      {scopes.map(([scope, name]) => (
        <button
          type="button"
          key={scope}
          onClick={() => {
            choose(scope);
            close(true);
          }}
        >
          {t(name)}
        </button>
      ))}
    </div>
  </Dialog>
);
