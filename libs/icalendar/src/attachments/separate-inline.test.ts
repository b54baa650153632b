import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { receivedOctets } from './received-octets.js';
import { InlineFault, separateInline } from './separate-inline.js';

const utf8 = new TextEncoder();

async function* inPieces(octets: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, index = 0; at < octets.length; index += 1) {
    const size = sizes.length === 0 ? octets.length : (sizes[index % sizes.length] as number);
    yield octets.slice(at, at + size);
    at += size;
  }
}

async function whole(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function separate(text: string, sizes: readonly number[] = [], limit = 1_000_000) {
  const { octets, contents } = await separateInline(inPieces(utf8.encode(text), sizes), {
    limit,
    tooLarge: () => new Error('too large'),
    keep: whole,
  });
  return { left: Buffer.from(octets).toString(), octets, contents };
}

async function rebuilt({ octets, contents }: Awaited<ReturnType<typeof separate>>): Promise<string> {
  const places = contents.map(({ at, folds, tail }, index) => ({
    ...{ at, folds, digest: String(index) },
    ...(tail === null ? {} : { tail }),
  }));
  const open = (digest: string) => inPieces(contents[Number(digest)]?.kept ?? Buffer.of(), [7, 1, 64]);
  return (await whole(receivedOctets(octets, places, open))).toString();
}

const event = (...lines: string[]): string =>
  ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'UID:u', ...lines, 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const folded = (line: string, width = 75, fold = '\r\n '): string =>
  (line.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join(fold);

describe('A5, A6: inline attachments are taken out while the data is read', () => {
  const content = 'The agenda of the meeting. '.repeat(20);

  it('leaves the property without its value, and gives the content', async () => {
    const line = folded(`ATTACH;FMTTYPE=text/plain;ENCODING=BASE64;VALUE=BINARY:${base64(content)}`);
    const found = await separate(event('SUMMARY:a', line, 'LOCATION:b'));
    expect(found.left).toBe(
      event('SUMMARY:a', 'ATTACH;FMTTYPE=text/plain;ENCODING=BASE64;VALUE=BINARY:', 'LOCATION:b'),
    );
    expect(found.contents).toMatchObject([{ kept: Buffer.from(content), line: 5, tail: null }]);
    expect(found.contents[0]?.folds).toHaveLength(2);
  });

  it.each([
    ['no attachment', event('SUMMARY:a')],
    ['a link', event('ATTACH;FMTTYPE=text/plain:https://example.org/a')],
    ['a sound of an alarm', event('BEGIN:VALARM', 'ATTACH;ENCODING=BASE64;VALUE=BINARY:AAAA', 'END:VALARM')],
    ['other names', event('ATTACHMENT;ENCODING=BASE64:AAAA', 'X-ATTACH;ENCODING=BASE64:AAAA')],
    ['a line that is cut off', 'BEGIN:VCALENDAR\r\nATTACH;ENCODING=BASE64'],
    ['another encoding', event('ATTACH;ENCODING=8BIT:hello', 'ATTACH:ENCODING=BASE64:x')],
    ['the words in a quoted parameter', event('ATTACH;X-A=";ENCODING=BASE64;:":https://example.org/')],
  ])('leaves all there is: %s', async (_what, text) => {
    for (const sizes of [[], [1], [3, 50]]) {
      const { left, contents } = await separate(text, sizes);
      expect([left, contents]).toEqual([text, []]);
    }
  });

  it('after an alarm, and several of them, with their lines', async () => {
    const text = event(
      ...['BEGIN:VALARM', 'TRIGGER:-PT5M', 'END:VALARM'],
      ...['attach;encoding=base64;value=binary:QUJD', `ATTACH;VALUE=BINARY;\r\n ENCODING="BASE64":\r\n REVG`, 'X:1'],
    );
    const { left, contents } = await separate(text, [5]);
    expect(contents.map(({ kept, line }) => [kept.toString(), line])).toEqual([
      ['ABC', 7],
      ['DEF', 8],
    ]);
    expect(left.split('\r\n').slice(6, 10)).toEqual([
      'attach;encoding=base64;value=binary:',
      'ATTACH;VALUE=BINARY;',
      ' ENCODING="BASE64":',
      'X:1',
    ]);
  });

  it.each([
    ['letters of no base64', 'ATTACH;ENCODING=BASE64:AA*A'],
    ['padding within', 'ATTACH;ENCODING=BASE64:AA==AAAA'],
    ['a single letter left', 'ATTACH;ENCODING=BASE64:AAAAA'],
    ['too much padding', 'ATTACH;ENCODING=BASE64:AAA=='],
    ['padding alone', 'ATTACH;ENCODING=BASE64:AAAA='],
    ['a blank in the middle', 'ATTACH;ENCODING=BASE64:AA AA'],
    ['a lone carriage return', 'ATTACH;ENCODING=BASE64:AA\rAA'],
  ])('refuses %s, and says where', async (_what, line) => {
    const refused = separate(event(line), [4]);
    await expect(refused).rejects.toThrow(InlineFault);
    await expect(refused).rejects.toMatchObject({ line: 4 });
  });

  it('does not count the content to the size of the data', async () => {
    const line = `ATTACH;ENCODING=BASE64:${base64('x'.repeat(5_000))}`;
    const { left } = await separate(event(line), [100], 200);
    expect(left.length).toBeLessThan(200);
    await expect(separate(event('SUMMARY:'.padEnd(300, 'x')), [100], 200)).rejects.toThrow('too large');
  });

  it('gives up the source when the content is refused', async () => {
    let closed = false;
    async function* source() {
      try {
        for (;;) yield utf8.encode('BEGIN:VEVENT\r\nATTACH;ENCODING=BASE64:AAAA');
      } finally {
        closed = true;
      }
    }
    const refusing = separateInline(source(), {
      limit: 1_000,
      tooLarge: () => new Error('too large'),
      keep: async () => {
        throw new Error('refused');
      },
    });
    await expect(refusing).rejects.toThrow('refused');
    expect(closed).toBe(true);
  });

  it('the received octets can be put together again, however they were folded and spelt', async () => {
    const fold = fc.constantFrom('\r\n ', '\n ', '\r\n\t', '\r\n   ');
    const attachment = fc.record({
      content: fc.uint8Array({ maxLength: 400 }),
      width: fc.integer({ min: 1, max: 90 }),
      fold,
      first: fc.integer({ min: 0, max: 80 }),
      padded: fc.boolean(),
    });
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.array(attachment, { minLength: 1, maxLength: 3 }), sizes, async (all, pieces) => {
        const lines = all.map(({ content, width, fold: folding, first, padded }) => {
          const letters = Buffer.from(content).toString('base64');
          const sent = padded ? letters : letters.replaceAll('=', '');
          const value = sent.slice(0, first) + folding + folded(sent.slice(first), width, folding);
          return `ATTACH;ENCODING=BASE64;VALUE=BINARY:${value}`;
        });
        const text = event(...lines);
        const found = await separate(text, pieces);
        expect(found.contents.map(({ kept }) => kept)).toEqual(all.map(({ content }) => Buffer.from(content)));
        expect(await rebuilt(found)).toBe(text);
      }),
      { numRuns: 150 },
    );
  });

  it('spare bits that are set are kept as they were sent', async () => {
    const text = event('ATTACH;ENCODING=BASE64:AAAAAB==', 'ATTACH;ENCODING=BASE64:AAF');
    const found = await separate(text);
    expect(found.contents.map(({ tail }) => tail)).toEqual(['AB==', 'AAF']);
    expect(await rebuilt(found)).toBe(text);
  });
});
