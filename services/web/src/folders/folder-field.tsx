import type { Folder } from '../api/types.js';
import { Field } from '../parts/field.js';

interface FolderFieldProps {
  readonly label: string;
  readonly folders: readonly Folder[];
  /** URL of the one that is chosen. */
  readonly folder: string;
  readonly choose: (href: string) => void;
}

/** Where something new goes. */
export const FolderField = ({ label, folders, folder, choose }: FolderFieldProps) => (
  <Field label={label}>
    {(id) => (
      <select id={id} value={folder} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {folders.map(({ href, name }) => (
          <option key={href} value={href}>
            {name}
          </option>
        ))}
      </select>
    )}
  </Field>
);
