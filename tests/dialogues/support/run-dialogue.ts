import { randomUUID } from 'node:crypto';
import { basic } from '../../support/dav-client.js';
import { type Answer, checkAnswer } from './check-answer.js';
import type { Dialogue, Step } from './dialogue.js';
import { fill, type Variables } from './variables.js';

export interface DialogueOptions {
  /** Where the service is reached, embedded or distributed. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** The User-Agent header. */
  readonly agent: string;
  /** In place of a new `{run}`. */
  readonly run?: string;
  /** Is given every answer, in their order. */
  readonly heard?: (answer: Answer) => void;
}

/**
 * Holds a dialogue with a server. `{run}` is new each time, so that it can be held again with the same one.
 * @throws with the step and the expectation that was not met
 */
export async function runDialogue({ steps }: Dialogue, options: DialogueOptions): Promise<void> {
  const variables: Variables = new Map([
    ['user', options.user],
    ['run', options.run ?? randomUUID()],
  ]);
  for (const step of steps) {
    for (let n = 1; n <= step.times; n += 1) {
      variables.set('n', String(n));
      await hold(step, options, variables);
    }
  }
}

async function hold(step: Step, options: DialogueOptions, variables: Variables): Promise<void> {
  try {
    const answer = await send(step, options, variables);
    options.heard?.(answer);
    if (!step.statuses.includes(answer.status)) throw new Error(`the answer is ${answer.status}\n${answer.body}`);
    checkAnswer(answer, step.expectations, variables);
  } catch (error) {
    throw new Error(`${step.title} (${step.method} ${step.path}): ${(error as Error).message}`, { cause: error });
  }
}

async function send(step: Step, options: DialogueOptions, variables: Variables): Promise<Answer> {
  const headers = new Headers({ 'user-agent': options.agent, authorization: basic(options.user, options.password) });
  for (const [name, value] of Object.entries(step.headers)) headers.set(name, fill(value, variables));
  const somebody = /^\S+$/.exec(headers.get('authorization') ?? '')?.[0];
  if (somebody === 'none') headers.delete('authorization');
  else if (somebody !== undefined) headers.set('authorization', basic(somebody, somebody));
  const body = bodyOf(step.body, variables);
  if (body.startsWith('<') && !headers.has('content-type')) headers.set('content-type', 'text/xml; charset=utf-8');
  const answer = await fetch(new URL(fill(step.path, variables), options.url), {
    method: step.method,
    headers,
    body: body === '' ? null : body,
    redirect: 'manual',
  });
  return { status: answer.status, headers: answer.headers, body: await answer.text() };
}

const repeated = /^\*(\d+) (.*)$/;

/** iCalendar goes out with the line ends that it has to have; `*50 …` stands for that line fifty times. */
function bodyOf(text: string, variables: Variables): string {
  const lines = text.split('\n').flatMap((line) => {
    const [, times, template = ''] = repeated.exec(line) ?? [];
    if (times === undefined) return [fill(line, variables)];
    return Array.from({ length: Number(times) }, (_, index) =>
      fill(template, new Map(variables).set('n', String(index + 1))),
    );
  });
  return text.startsWith('BEGIN:VCALENDAR') ? `${lines.join('\r\n')}\r\n` : lines.join('\n');
}
