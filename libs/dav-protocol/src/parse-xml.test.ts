import { describe, expect, it } from 'vitest';
import { DavError } from './dav-error.js';
import { defaultXmlLimits, parseXml } from './parse-xml.js';
import { childElements, childNamed, textOf } from './xml-element.js';

function statusOf(body: string, limits = defaultXmlLimits): number {
  try {
    parseXml(body, limits);
  } catch (error) {
    if (error instanceof DavError) return error.status;
    throw error;
  }
  return 200;
}

const laughs = `<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]><l>&c;</l>`;

describe('parseXml', () => {
  it('gives Clark names whatever the prefixes', () => {
    const root = parseXml('<a:x xmlns:a="DAV:" xmlns="urn:y"><z q="1" a:r="2" xml:lang="de"/></a:x>');
    expect(root.name).toBe('{DAV:}x');
    const child = childNamed(root, '{urn:y}z');
    expect(child?.attributes).toEqual({
      q: '1',
      '{DAV:}r': '2',
      '{http://www.w3.org/XML/1998/namespace}lang': 'de',
    });
  });

  it('takes names in no namespace', () => {
    expect(parseXml('<x><y xmlns=""/></x>').children).toEqual([expect.objectContaining({ name: '{}y' })]);
  });

  it('joins text, CDATA and references, and leaves out comments', () => {
    const root = parseXml('<x>a<![CDATA[<b>]]>&amp;<!-- no -->&#x1F600;&#13;\r\n</x>');
    expect(root.children).toEqual(['a<b>&\u{1F600}\r\n']);
  });

  it('keeps white space between elements', () => {
    expect(parseXml('<x> <y/>\n</x>').children).toEqual([' ', expect.anything(), '\n']);
  });

  it('keeps an attribute called __proto__ as data', () => {
    const root = parseXml('<x __proto__="1" constructor="2"/>');
    expect(Object.entries(root.attributes)).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
    ]);
  });

  it('ignores harmless processing instructions (RFC 4918 17)', () => {
    expect(childElements(parseXml('<?xml version="1.0"?><?php echo?><x><?y?></x>'))).toEqual([]);
  });

  it('takes a byte order mark', () => {
    expect(parseXml('\ufeff<?xml version="1.0"?><x>a</x>').children).toEqual(['a']);
  });

  it.each([
    ['nothing', ''],
    ['only white space', ' \n'],
    ['only a comment', '<!-- x -->'],
    ['no markup', 'PROPFIND'],
    ['an open element', '<x>'],
    ['a wrong end tag', '<x></y>'],
    ['two roots', '<x/><x/>'],
    ['text after the root', '<x/>text'],
    ['a document type', '<!DOCTYPE x><x/>'],
    ['an external document type', '<!DOCTYPE x SYSTEM "http://evil.example/x.dtd"><x/>'],
    ['the billion laughs', laughs],
    ['an external entity', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'],
    ['a parameter entity', '<!DOCTYPE x [<!ENTITY % e SYSTEM "http://evil.example/"> %e;]><x/>'],
    ['an unknown entity', '<x>&nbsp;</x>'],
    ['an entity named like an object member', '<x>&constructor;&toString;</x>'],
    ['a bare ampersand', '<x>a & b</x>'],
    ['a style sheet', '<?xml-stylesheet href="http://evil.example/"?><x/>'],
    ['an undeclared prefix', '<d:x/>'],
    ['an undeclared prefix called __proto__', '<__proto__:x/>'],
    ['an undeclared prefix of an attribute', '<x d:y=""/>'],
    ['an undeclared prefix by an empty declaration', '<d:x xmlns:d="DAV:"><y xmlns:d=""/></d:x>'],
    ['a repeated attribute', '<x a="1" a="2"/>'],
    ['a repeated attribute by two prefixes', '<x xmlns:a="u" xmlns:b="u" a:y="1" b:y="2"/>'],
    ['an attribute without quotes', '<x a=1/>'],
    ['a control character', '<x>\u0001</x>'],
    ['a reference to NUL', '<x>&#0;</x>'],
    ['a reference to a control character, also as XML 1.1', '<?xml version="1.1"?><x>&#1;</x>'],
    ['a reference to half a surrogate pair', '<x>&#xD800;</x>'],
    ['a declaration that is not first', ' <?xml version="1.0"?><x/>'],
    ['another prefix for the xmlns namespace', '<x xmlns:a="http://www.w3.org/2000/xmlns/"/>'],
  ])('answers 400 to %s', (_, body) => expect(statusOf(body)).toBe(400));

  it('says where the body is malformed', () => {
    expect(() => parseXml('<x>\n<y></x>')).toThrow(/malformed: 2:\d+/);
  });

  describe('over a limit answers 413', () => {
    const deep = (levels: number) => '<x>'.repeat(levels) + '</x>'.repeat(levels);

    it('in depth', () => {
      expect(statusOf(deep(64))).toBe(200);
      expect(statusOf(deep(65))).toBe(413);
      expect(statusOf('<x>'.repeat(100_000))).toBe(413);
    });

    it('in elements', () => {
      expect(statusOf(`<x>${'<y/>'.repeat(9)}</x>`, { ...defaultXmlLimits, maxElements: 10 })).toBe(200);
      expect(statusOf(`<x>${'<y/>'.repeat(10)}</x>`, { ...defaultXmlLimits, maxElements: 10 })).toBe(413);
    });

    it('in text and attribute values together', () => {
      const limits = { ...defaultXmlLimits, maxTextLength: 10 };
      expect(statusOf('<x a="12345">67890</x>', limits)).toBe(200);
      expect(statusOf('<x a="12345">67890<!-- - --> </x>', limits)).toBe(413);
      expect(statusOf(`<x>${'a'.repeat(9_000_000)}</x>`)).toBe(413);
    });
  });

  it('reads 10,000 hrefs', () => {
    const root = parseXml(`<x>${'<href>/a/b/c.ics</href>'.repeat(10_000)}</x>`);
    expect(childElements(root).filter((child) => textOf(child) === '/a/b/c.ics')).toHaveLength(10_000);
  });
});
