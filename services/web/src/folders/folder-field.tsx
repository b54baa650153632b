import type { Folder } from '../api/types.js';
import { Field } from '../parts/field.js';

interface FolderFieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly folders: readonly Folder[];
  /** URL of the one that is chosen. */
  readonly folder: string;
  readonly choose: (href: string) => void;
}

/** Where something goes. */
export const FolderField = ({ label, hint, folders, folder, choose }: FolderFieldProps) => (
  <Field label={label} {...(hint === undefined ? {} : { hint })}>
    {(id, hintId) => (
      <select
        id={id}
        aria-describedby={hintId}
        value={folder}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
      >
        {folders.map(({ href, name }) => (
          <option key={href} value={href}>
            {name}
          </option>
        ))}
      </select>
    )}
  </Field>
);
