/** What a client is known to send and what it needs to be answered; the notation is described in `README.md`. */
export interface Dialogue {
  /** Ends with the ids of the requirements that it proves. */
  readonly title: string;
  /** User-Agent headers; the dialogue is held once with each. */
  readonly agents: readonly string[];
  /** Of the tenant that it is held with. */
  readonly profile: Profile;
  readonly steps: readonly Step[];
}

export const profiles = ['standard', 'groupware'] as const;
export type Profile = (typeof profiles)[number];

export interface Step {
  readonly title: string;
  /** How often the request is sent, with `{n}` from 1. */
  readonly times: number;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** One of these is the answer's status. */
  readonly statuses: readonly number[];
  readonly expectations: readonly Expectation[];
}

export type Expectation = { readonly line: string } & (
  | { readonly kind: 'header'; readonly name: string; readonly test: Test }
  | { readonly kind: 'body'; readonly test: Test }
  | { readonly kind: 'count'; readonly count: number }
  /** Those that follow are about this response of the multistatus. */
  | { readonly kind: 'response'; readonly href: string; readonly status: number | null }
  | { readonly kind: 'response-having'; readonly selector: string; readonly variable: string }
  | { readonly kind: 'properties'; readonly selectors: readonly string[]; readonly test: Test }
  | { readonly kind: 'element'; readonly selector: string; readonly test: Test }
);

export interface Test {
  readonly operator: 'exists' | 'absent' | 'equals' | 'matches' | 'captures';
  /** A text, a pattern or the name of a variable. */
  readonly value: string;
}
