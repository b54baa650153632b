import { SaxesParser, type SaxesTagNS } from 'saxes';
import { badRequest, DavError } from './dav-error.js';
import type { PropertyName } from './names.js';
import type { XmlElement } from './xml-element.js';

/** What one body may hold. */
export interface XmlLimits {
  /** Levels of elements; the root is level 1. */
  readonly maxDepth: number;
  /** Attributes count, too. */
  readonly maxElements: number;
  /** UTF-16 code units of all text and attribute values together. */
  readonly maxTextLength: number;
}

export const defaultXmlLimits: XmlLimits = { maxDepth: 64, maxElements: 100_000, maxTextLength: 8_388_608 };

/**
 * Parses a request body (XML 1.0 with namespaces). Nothing outside the body is ever read.
 * @throws DavError 400 for malformed XML, a document type, an entity other than the five predefined ones, and a style
 *   sheet instruction; 413 over a limit.
 */
export function parseXml(body: string, limits: XmlLimits = defaultXmlLimits): XmlElement {
  const tree = new TreeBuilder(limits);
  const parser = new SaxesParser({ xmlns: true, defaultXMLVersion: '1.0', forceXMLVersion: true });
  parser.on('doctype', refuseDocumentType);
  parser.on('processinginstruction', refuseStylesheet);
  parser.on('opentag', (tag) => tree.open(tag));
  parser.on('closetag', () => tree.close());
  parser.on('text', (text) => tree.text(text));
  parser.on('cdata', (text) => tree.text(text));
  try {
    parser.write(body).close();
  } catch (error) {
    throw error instanceof DavError ? error : badRequest(`The XML body is malformed: ${wordsOf(error)}`, error);
  }
  return tree.root();
}

function refuseDocumentType(): never {
  throw badRequest('A document type declaration is not accepted in an XML body.');
}

/** The only instruction that names something outside the body; others are ignored (RFC 4918 17). */
function refuseStylesheet(instruction: { target: string }): void {
  if (instruction.target === 'xml-stylesheet') throw badRequest('A style sheet is not accepted in an XML body.');
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

interface OpenElement extends XmlElement {
  readonly children: (XmlElement | string)[];
}

class TreeBuilder {
  readonly #limits: XmlLimits;
  readonly #open: OpenElement[] = [];
  #root: XmlElement | undefined;
  #elements = 0;
  #textLength = 0;

  constructor(limits: XmlLimits) {
    this.#limits = limits;
  }

  open(tag: SaxesTagNS): void {
    this.#elements += 1 + Object.keys(tag.attributes).length;
    if (this.#elements > this.#limits.maxElements) throw tooLarge('too many elements and attributes');
    if (this.#open.length >= this.#limits.maxDepth) throw tooLarge('elements nested too deeply');
    const element = this.#elementOf(tag);
    const parent = this.#open.at(-1);
    if (parent === undefined) this.#root = element;
    else parent.children.push(element);
    this.#open.push(element);
  }

  close(): void {
    this.#open.pop();
  }

  text(text: string): void {
    const children = this.#open.at(-1)?.children;
    if (children === undefined || text === '') return;
    this.#count(text);
    const last = children.at(-1);
    if (typeof last === 'string') children[children.length - 1] = last + text;
    else children.push(text);
  }

  root(): XmlElement {
    if (this.#root === undefined) throw badRequest('The XML body has no root element.');
    return this.#root;
  }

  #elementOf(tag: SaxesTagNS): OpenElement {
    const attributes: Record<string, string> = Object.create(null);
    for (const name in tag.attributes) {
      const attribute = tag.attributes[name];
      if (attribute === undefined || attribute.prefix === 'xmlns' || attribute.name === 'xmlns') continue;
      this.#count(attribute.value);
      attributes[attribute.prefix === '' ? attribute.local : `{${attribute.uri}}${attribute.local}`] = attribute.value;
    }
    const name: PropertyName = `{${tag.uri}}${tag.local}`;
    return { name, namespace: tag.uri, local: tag.local, attributes, children: [] };
  }

  #count(text: string): void {
    this.#textLength += text.length;
    if (this.#textLength > this.#limits.maxTextLength) throw tooLarge('too much text');
  }
}

function tooLarge(what: string): DavError {
  return new DavError(413, { detail: `The XML body has ${what}.` });
}
