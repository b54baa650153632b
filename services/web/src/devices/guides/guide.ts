/**
 * How to set up one program; `{server}`, `{host}`, `{user}` and `{home}` are the reader's own values; a line that begins
 * with `$ ` is for a terminal or a file.
 */
export interface Guide {
  readonly id: string;
  readonly name: string;
  readonly steps: readonly string[];
  /** Debug notes and known limits. */
  readonly notes: readonly { readonly title: string; readonly lines: readonly string[] }[];
}
