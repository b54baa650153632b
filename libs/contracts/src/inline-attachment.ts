/**
 * An attachment that a PUT brought as base64 within the calendar data. The event keeps the data without the base64, and
 * this: with the blob, the octets as they were received can be put together again (design 2, "Sizes").
 */
export interface InlineAttachment {
  readonly managedId: string;
  readonly digest: string;
  readonly size: number;
  /** Where the base64 stood: after so many octets of `received`. */
  readonly at: number;
  /** How it was folded: characters up to a fold, the fold itself, and how often in a row. What is left comes after the last. */
  readonly folds: readonly (readonly [characters: number, fold: string, times: number])[];
  /** Its end, where that is spelt otherwise than base64 usually is. */
  readonly tail?: string;
}
