import type { Scope } from '../api/objects.js';
import type { Details } from '../api/types.js';
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
const allScopes = Object.keys(names) as readonly Scope[];

/** What waits for an answer. */
export type Asking = { readonly of: 'save'; readonly changes: Partial<Details> } | { readonly of: 'delete' };

/** Only a series is repeated, not one of its occurrences, and only as a whole it goes to another folder. */
export function scopesFor(asking: Asking, isMoved: boolean): readonly Scope[] {
  if (asking.of === 'delete') return allScopes;
  if (isMoved) return ['all'];
  return asking.changes.rule !== undefined ? ['future', 'all'] : allScopes;
}

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
