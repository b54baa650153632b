/** Values by name, known beforehand or captured from answers, for `{name}` in a dialogue. */
export type Variables = Map<string, string>;

const placeholder = /\{([a-z]\w*)\}/gi;

/** @throws when there is no such value */
export const fill = (text: string, variables: Variables): string =>
  text.replace(placeholder, (_whole, name: string) => valueOf(name, variables));

/** In a pattern, where the values stand for themselves. */
export const escapedIn = (pattern: string, variables: Variables): string =>
  pattern.replace(placeholder, (_whole, name: string) => RegExp.escape(valueOf(name, variables)));

function valueOf(name: string, variables: Variables): string {
  const value = variables.get(name);
  if (value === undefined) throw new Error(`nothing is known of {${name}}`);
  return value;
}
