import { type AttachmentScanner, InfectedContent } from '@almanac/ports';
import { expect, it } from 'vitest';
import { failing, octets, pieces, wholeOf } from './blob-content.js';

/** What every AttachmentScanner does. @param open gives one, and a content that it finds infected */
export function attachmentScannerContract(
  open: () => Promise<{ scanner: AttachmentScanner; infected: Uint8Array }>,
): void {
  it.each([0, 1, 100_000, 20_000_000])('passes on what is clean, all of it: %i octets', async (size) => {
    const { scanner } = await open();
    const content = octets(size);
    expect(Buffer.compare(await wholeOf(scanner.scanned(pieces(content))), content)).toBe(0);
  });

  it.each([1, 3, 65_521])('ends with the finding, in whatever pieces the content comes: about %i', async (size) => {
    const { scanner, infected } = await open();
    const content = Buffer.concat([octets(1_000), infected, octets(1_000)]);
    await expect(wholeOf(scanner.scanned(pieces(content, size)))).rejects.toThrow(InfectedContent);
  });

  it('says what the source says when that breaks off', async () => {
    const { scanner } = await open();
    const gone = new Error('the client is gone');
    await expect(wholeOf(scanner.scanned(failing(octets(200_000), gone)))).rejects.toBe(gone);
  });
}
