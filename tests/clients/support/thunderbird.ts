import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { temporaryFolder } from '../../support/running-service.js';
import { Marionette } from './marionette.js';

const calendars = readFileSync(resolve(import.meta.dirname, '../thunderbird/calendars.js'), 'utf8');

/** A profile of its own, quiet: nothing is asked at the start, and nothing but the service under test is talked to. */
const preferences: Readonly<Record<string, unknown>> = {
  'marionette.port': 0,
  // Marionette's own settings for web tests would have no passwords saved.
  'signon.rememberSignons': true,
  'app.update.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'mail.provider.suppress_dialog_on_startup': true,
  'mail.spotlight.firstRunDone': true,
  'mail.shell.checkDefaultClient': false,
  'mailnews.start_page.enabled': false,
  'calendar.alarms.playsound': false,
  'calendar.timezone.local': 'Europe/Berlin',
  'calendar.timezone.useSystemTimezone': false,
};

export interface Subscription {
  readonly name: string;
  readonly url: string;
  readonly readOnly: boolean;
}

export interface ShownReminder {
  readonly title: string;
  readonly start: string;
}

/** A running Thunderbird without a screen, used as a person would use its windows. */
export class Thunderbird {
  readonly #child: ChildProcess;
  readonly #marionette: Marionette;

  private constructor(child: ChildProcess, marionette: Marionette) {
    this.#child = child;
    this.#marionette = marionette;
  }

  /** @throws when it is not there within a minute, with what it has printed */
  static async start(program: string): Promise<Thunderbird> {
    const profile = temporaryFolder();
    const lines = Object.entries(preferences).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});`);
    writeFileSync(join(profile, 'user.js'), lines.join('\n'));
    const switches = ['--headless', '--no-remote', '--marionette', '--remote-allow-system-access'];
    const child = spawn(program, [...switches, '--profile', profile], {
      env: { PATH: process.env['PATH'], HOME: profile, MOZ_HEADLESS: '1', LANG: 'C.UTF-8' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (output += piece));
    try {
      const marionette = await Marionette.connect(await portOf(profile, child));
      await marionette.run('Services.prefs.setBoolPref("signon.rememberSignons", true)');
      return new Thunderbird(child, marionette);
    } catch (error) {
      child.kill('SIGKILL');
      throw new Error(`Thunderbird did not start: ${String(error)}\n${output.slice(-4000)}`, { cause: error });
    }
  }

  /** Ends the process that was started, whatever it is doing. */
  async end(): Promise<void> {
    this.#marionette.close();
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const ended = await Promise.race([exited.then(() => true), pause(5_000, false)]);
    if (!ended) this.#child.kill('SIGKILL');
    await exited;
  }

  /** @param location a server's address, or the URL of a folder */
  subscribe(user: string, password: string, location: string): Promise<readonly Subscription[]> {
    return this.#call('subscribe', { user, password, location });
  }

  /** What it shows of a calendar after it was told to synchronise. */
  async texts(url: string): Promise<readonly string[]> {
    await this.#call('refresh', { url });
    await pause(200);
    return this.#call('texts', { url });
  }

  add = (url: string, text: string) => this.#call<null>('add', { url, text });
  rename = (url: string, change: { uid: string; title: string; occurrence?: string }) =>
    this.#call<null>('rename', { url, ...change });
  complete = (url: string, uid: string) => this.#call<null>('complete', { url, uid });
  remove = (url: string, uid: string) => this.#call<null>('remove', { url, uid });
  reminders = () => this.#call<readonly ShownReminder[]>('reminders', {});
  dismiss = (title: string) => this.#call<null>('dismiss', { title });
  snooze = (title: string, minutes: number) => this.#call<null>('snooze', { title, minutes });

  #call<Result>(name: string, options: unknown): Promise<Result> {
    const script = `${calendars}\nconst [options] = arguments;\nreturn calendars.${name}(options);`;
    return this.#marionette.run(script, options) as Promise<Result>;
  }
}

/** Thunderbird writes it down when it listens. */
async function portOf(profile: string, child: ChildProcess): Promise<number> {
  const file = join(profile, 'MarionetteActivePort');
  for (let waited = 0; waited < 60_000; waited += 100) {
    const port = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
    if (port > 0) return port;
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
    await pause(100);
  }
  throw new Error('it does not listen');
}
