import { parseXml, textOf, type XmlElement } from '@almanac/dav-protocol';
import type { Expectation, Test } from './dialogue.js';
import { hrefOf, propertiesWith, responses, select, selectProperty, statusOf } from './select.js';
import { escapedIn, fill, type Variables } from './variables.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/**
 * Compares an answer with what is expected of it, and keeps in the variables what it captures.
 * @throws with the line that does not hold
 */
export function checkAnswer(answer: Answer, expectations: readonly Expectation[], variables: Variables): void {
  const check = new Check(answer, variables);
  for (const expectation of expectations) {
    const problem = check.problemWith(expectation);
    if (problem !== null) throw new Error(`"${expectation.line.trim()}" does not hold: ${problem}\n${answer.body}`);
  }
}

class Check {
  readonly #answer: Answer;
  readonly #variables: Variables;
  #root: XmlElement | null = null;
  /** What the lines about properties are about. */
  #response: XmlElement | null = null;

  constructor(answer: Answer, variables: Variables) {
    this.#answer = answer;
    this.#variables = variables;
  }

  problemWith(expectation: Expectation): string | null {
    switch (expectation.kind) {
      case 'header': {
        const value = this.#answer.headers.get(expectation.name);
        return this.#fails(expectation.test, value === null ? [] : [value]);
      }
      case 'body':
        return this.#fails(expectation.test, [this.#answer.body]);
      case 'count': {
        const { length } = responses(this.#document());
        return length === expectation.count ? null : `there are ${length}`;
      }
      case 'response':
        return this.#enter(fill(expectation.href, this.#variables), expectation.status);
      case 'response-having':
        return this.#enterOneHaving(expectation);
      case 'properties':
        return this.#propertiesFail(expectation);
      case 'element': {
        const selector = fill(expectation.selector, this.#variables);
        return this.#fails(expectation.test, select([this.#document()], selector).map(textOf));
      }
    }
  }

  #document(): XmlElement {
    this.#root ??= parseXml(this.#answer.body);
    return this.#root;
  }

  #enter(href: string, status: number | null): string | null {
    const found = responses(this.#document()).find((response) => hrefOf(response) === href);
    if (found === undefined) return 'there is no such response';
    this.#response = found;
    return statusOf(found) === status ? null : `its status is ${statusOf(found)}`;
  }

  #enterOneHaving({ selector, variable }: Extract<Expectation, { kind: 'response-having' }>): string | null {
    const found = responses(this.#document()).find(
      (response) => selectProperty(propertiesWith(response, 200), selector).length > 0,
    );
    if (found === undefined) return 'there is no such response';
    this.#response = found;
    this.#variables.set(variable, hrefOf(found));
    return null;
  }

  #propertiesFail({ selectors, test }: Extract<Expectation, { kind: 'properties' }>): string | null {
    const response = this.#response ?? responses(this.#document())[0];
    if (response === undefined) return 'there is no response';
    // A property that the server does not have is told as such: the client need not ask again.
    const [status, each]: [number, Test] =
      test.operator === 'absent' ? [404, { operator: 'exists', value: '' }] : [200, test];
    const properties = propertiesWith(response, status);
    for (const selector of selectors) {
      const problem = this.#fails(each, selectProperty(properties, selector).map(textOf));
      if (problem !== null) return `${selector}: ${problem}`;
    }
    return null;
  }

  /** Whether one of the texts passes; a captured value is the first one's. */
  #fails({ operator, value }: Test, texts: readonly string[]): string | null {
    const found =
      texts.length === 0 ? 'nothing is found' : `found ${texts.map((text) => `"${text.trim()}"`).join(', ')}`;
    switch (operator) {
      case 'exists':
        return texts.length > 0 ? null : found;
      case 'absent':
        return texts.length === 0 ? null : found;
      case 'equals':
        return texts.some((text) => text.trim() === fill(value, this.#variables)) ? null : found;
      case 'matches': {
        const pattern = new RegExp(escapedIn(value, this.#variables), 's');
        return texts.some((text) => pattern.test(text)) ? null : found;
      }
      case 'captures':
        if (texts[0] === undefined) return found;
        this.#variables.set(value, texts[0].trim());
        return null;
    }
  }
}
