import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { multistatusClose, multistatusOpen } from './multistatus.js';
import { namespaces, type PropertyName, xmlLang, xmlNamespace } from './names.js';
import { parseXml } from './parse-xml.js';
import { property } from './property-tag.js';
import { writeElement } from './write-xml.js';
import { childElements, type XmlElement } from './xml-element.js';

const namespace = fc.constantFrom(
  ...Object.values(namespaces),
  '',
  'urn:a&b"<}',
  'http://example.com/ns',
  xmlNamespace,
);
const local = fc.constantFrom('prop', 'a', 'überfällig', 'x-y.z', '_1', '__proto__');
const text = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 12 })
  .map((raw) => raw.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\r\n'));
const attributeName = fc.oneof(
  local,
  fc.constant(xmlLang),
  fc.tuple(namespace, local).map(([uri, name]) => (uri === '' ? name : `{${uri}}${name}`)),
);

const { element } = fc.letrec<{ element: XmlElement }>((tie) => ({
  element: fc
    .record({
      namespace,
      local,
      attributes: fc.uniqueArray(fc.tuple(attributeName, text), { maxLength: 4, selector: ([name]) => name }),
      children: fc.array(fc.oneof({ depthSize: 'small' }, text, tie('element')), { maxLength: 4 }),
    })
    .map((parts) => ({
      name: `{${parts.namespace}}${parts.local}` as PropertyName,
      namespace: parts.namespace,
      local: parts.local,
      attributes: Object.assign(Object.create(null), Object.fromEntries(parts.attributes)),
      children: joinText(parts.children),
    })),
}));

function joinText(children: readonly (XmlElement | string)[]): readonly (XmlElement | string)[] {
  const joined: (XmlElement | string)[] = [];
  for (const child of children) {
    const last = joined.at(-1);
    if (typeof child === 'string' && typeof last === 'string') joined[joined.length - 1] = last + child;
    else joined.push(child);
  }
  return joined;
}

describe('writeElement', () => {
  it('declares what it needs, and nothing twice', () => {
    const root = parseXml('<d:x xmlns:d="DAV:" xmlns:o="urn:o"><d:y o:a="1"/><o:z xml:lang="de">t</o:z></d:x>');
    expect(writeElement(root)).toBe(
      '<x xmlns="DAV:"><y xmlns:n0="urn:o" n0:a="1"/><z xmlns="urn:o" xml:lang="de">t</z></x>',
    );
  });

  it('uses the well-known prefixes where they are declared', () => {
    const root = parseXml('<x xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><c:y/><z xmlns=""/></x>');
    expect(writeElement(root, true)).toBe('<d:x><c:y/><z xmlns=""/></d:x>');
  });

  it('gives the same element when parsed again', () => {
    fc.assert(
      fc.property(element, (tree) => {
        expect(parseXml(writeElement(tree))).toEqual(tree);
      }),
    );
  });

  it('gives the same element inside an answer, with and without prefixes', () => {
    fc.assert(
      fc.property(element, fc.boolean(), (tree, declared) => {
        const answer = parseXml(`${multistatusOpen}${writeElement(tree, declared)}${multistatusClose}`);
        expect(answer.children).toEqual([tree]);
      }),
    );
  });

  it('means the same inside an element with a default namespace', () => {
    fc.assert(
      fc.property(element, (tree) => {
        const outer = parseXml(property('{urn:outer}x', writeElement(tree)));
        expect(childElements(outer)).toEqual([tree]);
      }),
    );
  });
});
