/**
 * Calendar data in the form that one client needs it in (C7). What a client stores does not hang on it: an agent that is not
 * recognised is given what is stored.
 */
export interface ClientForm {
  /** Names the form in ETags; no two forms have the same. */
  readonly letter: string;
  readonly appliesTo: (userAgent: string) => boolean;
  readonly show: (text: string) => string;
  /** What a PUT of such a client means. @param stored what is there now; null for nothing */
  readonly read?: (sent: string, stored: string | null) => string;
}
