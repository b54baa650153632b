import { type Dialogue, type Expectation, type Profile, profiles, type Step, type Test } from './dialogue.js';

/** @throws on a line that the notation does not know */
export function parseDialogue(text: string): Dialogue {
  const [head = '', ...steps] = text.split(/^(?=### )/m);
  const lines = head.split('\n');
  const title = lines.find((line) => line.startsWith('# '))?.slice(2);
  const agents = lines.find((line) => line.startsWith('agents: '))?.slice(8);
  if (title === undefined || agents === undefined) throw new Error('a dialogue begins with "# title" and "agents: …"');
  return { title, agents: agents.split(' | '), profile: parseProfile(lines), steps: steps.map(parseStep) };
}

function parseProfile(head: readonly string[]): Profile {
  const name = head.find((line) => line.startsWith('profile: '))?.slice(9) ?? 'standard';
  const profile = profiles.find((known) => known === name);
  if (profile === undefined) throw new Error(`"${name}" is no profile`);
  return profile;
}

const stepTitle = /^### (.*?)(?: \(x(\d+)\))?$/;
const requestLine = /^([A-Z]+) (\S+)$/;

function parseStep(text: string): Step {
  const [first = '', ...lines] = text.split('\n');
  const [, title = '', times = '1'] = stepTitle.exec(first) ?? [];
  const written = lines.filter((line) => !line.startsWith('//'));
  const end = written.findIndex((line) => line.startsWith('=> '));
  if (end < 0) throw new Error(`${title}: what answer is expected?`);
  const request = written.slice(0, end);
  const [, method = '', path = ''] = requestLine.exec(request[0] ?? '') ?? [];
  if (method === '') throw new Error(`${title}: "${request[0]}" is no request line`);
  const blank = request.indexOf('');
  const headers = request.slice(1, blank < 0 ? undefined : blank).map((line) => parseHeader(line));
  const body =
    blank < 0
      ? ''
      : request
          .slice(blank + 1)
          .join('\n')
          .trim();
  const statuses = (written[end] ?? '').slice(3).split(' | ').map(Number);
  const expectations = written
    .slice(end + 1)
    .filter((line) => line.trim() !== '')
    .map(parseExpectation);
  return {
    title,
    times: Number(times),
    method,
    path,
    headers: Object.fromEntries(headers),
    body,
    statuses,
    expectations,
  };
}

function parseHeader(line: string): [name: string, value: string] {
  const colon = line.indexOf(': ');
  if (colon < 1) throw new Error(`"${line}" is no header`);
  return [line.slice(0, colon), line.slice(colon + 2)];
}

function parseExpectation(line: string): Expectation {
  const [, count] = /^count (\d+)$/.exec(line) ?? [];
  if (count !== undefined) return { line, kind: 'count', count: Number(count) };
  const [, wanted, variable] = /^@ having (.+) -> (\w+)$/.exec(line) ?? [];
  if (wanted !== undefined && variable !== undefined) {
    return { line, kind: 'response-having', selector: wanted, variable };
  }
  const [, href, status] = /^@ (\S+)(?: (\d{3}))?$/.exec(line) ?? [];
  if (href !== undefined) return { line, kind: 'response', href, status: status === undefined ? null : Number(status) };
  if (line.startsWith('  ')) {
    const { subject, test } = parseTest(line.trim());
    return { line, kind: 'properties', selectors: subject.split(', '), test };
  }
  if (line.startsWith('/ ')) {
    const { subject, test } = parseTest(line.slice(2));
    return { line, kind: 'element', selector: subject, test };
  }
  if (line.startsWith('body ')) return { line, kind: 'body', test: parseTest(line).test };
  const [name, value] = parseHeader(line);
  return { line, kind: 'header', name, test: headerTest(value) };
}

const operators = { '=': 'equals', '~': 'matches', '->': 'captures', '!': 'absent' } as const;

/** `subject`, or `subject operator value` */
function parseTest(text: string): { readonly subject: string; readonly test: Test } {
  const [, subject, operator, value = ''] = /^(.*?) (=|~|->|!)(?: (.*))?$/.exec(text) ?? [];
  if (subject === undefined) return { subject: text, test: { operator: 'exists', value: '' } };
  return { subject, test: { operator: operators[operator as keyof typeof operators], value } };
}

function headerTest(value: string): Test {
  const { subject, test } = parseTest(` ${value}`);
  return subject === '' ? test : { operator: 'equals', value };
}
