import type { Scope } from '../api/objects.js';
import { Dialog } from '../parts/dialog.js';
import { t } from '../text/t.js';

interface ScopeDialogProps {
  readonly title: string;
  /** Those that can be meant. */
  readonly scopes?: readonly Scope[];
  readonly choose: (scope: Scope) => void;
  readonly close: (isChosen: boolean) => void;
}

const names = { this: 'scopeThis', future: 'scopeFuture', all: 'scopeAll' } as const;
export const allScopes = Object.keys(names) as readonly Scope[];

/** Which occurrences of a series are meant. */
export const ScopeDialog = ({ title, scopes = allScopes, choose, close }: ScopeDialogProps) => (
  <Dialog title={title} close={() => close(false)}>
    <div class="choices">
      {scopes.map((scope) => (
        <button
          type="button"
          key={scope}
          onClick={() => {
            choose(scope);
            close(true);
          }}
        >
          {t(names[scope])}
        </button>
      ))}
    </div>
  </Dialog>
);
