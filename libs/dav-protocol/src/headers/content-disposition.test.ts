import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dispositionFilename, writeAttachmentDisposition } from './content-disposition.js';

it.each([
  [undefined, null],
  ['attachment', null],
  ['attachment; filename=', null],
  ['attachment; filename=agenda.html', 'agenda.html'],
  ['attachment;filename="an agenda.html"', 'an agenda.html'],
  ['attachment; filename="a \\"b\\".txt"', 'a "b".txt'],
  ['attachment; filename=my file.pdf', 'my file.pdf'],
  ['inline; FileName = "x;y.txt"; size=1', 'x;y.txt'],
  [`attachment; filename="plain.txt"; filename*=UTF-8''gr%C3%B6%C3%9Fe.txt`, 'größe.txt'],
  [`attachment; filename*=utf-8'de'%e2%82%ac.txt`, '€.txt'],
  [`attachment; filename*=ISO-8859-1''gr%F6%DFe.txt`, 'größe.txt'],
  [`attachment; filename*=UTF-8''%FF; filename=plain.txt`, 'plain.txt'],
  [`attachment; filename*=KOI8-R''%C1; filename=plain.txt`, 'plain.txt'],
  ['attachment; filename="gr\u00c3\u00b6\u00c3\u009fe.txt"', 'größe.txt'],
  ['attachment; filename="gr\u00f6.txt"', 'grö.txt'],
])('%s: %s', (value, filename) => expect(dispositionFilename(value)).toBe(filename));

it('what is written is read again', () => {
  const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.isWellFormed());
  fc.assert(
    fc.property(name, (filename) => {
      const written = writeAttachmentDisposition(filename);
      expect(written).toMatch(/^[\u0020-\u007e]*$/);
      expect(dispositionFilename(written)).toBe(filename);
    }),
  );
});
