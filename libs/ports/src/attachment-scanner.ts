/** Looks into contents on their way to the store. Contract: `attachment-scanner.contract.ts`. */
export interface AttachmentScanner {
  /**
   * The same octets; after the last one the scanner's word is waited for.
   * @throws InfectedContent at the end of a content that must not be kept; Unavailable when the scanner cannot tell
   */
  scanned(content: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
}

/** The scanner has found something. */
export class InfectedContent extends Error {
  override readonly name = 'InfectedContent';
  /** What it calls the finding. */
  readonly signature: string;

  constructor(signature: string) {
    super(`the content is infected: ${signature}`);
    this.signature = signature;
  }
}

/** Where none is configured. */
export const noScanner: AttachmentScanner = { scanned: (content) => content };
