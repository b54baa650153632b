import { useState } from 'preact/hooks';
import type { Session } from '../api/types.js';
import { CopyField } from '../parts/copy-field.js';
import { language, t } from '../text/t.js';
import { AppPasswords } from './app-passwords.js';
import { AppleProfile } from './apple-profile.js';
import { de } from './guides/de.js';
import { en } from './guides/en.js';
import type { Guide } from './guides/guide.js';

const guides = language === 'de' ? de : en;

/** How to get the calendars onto one's devices, with one's own values (C2, C6). */
export function DevicesPage({ session }: { readonly session: Session }) {
  const [chosen, setChosen] = useState(guides[0]?.id ?? '');
  const guide = guides.find(({ id }) => id === chosen);
  return (
    <div class="page devices-page">
      <h1>{t('setUpDevices')}</h1>
      <section class="card">
        <h2>{t('yourValues')}</h2>
        <CopyField label={t('server')} value={`${session.server}/`} />
        <CopyField label={t('login')} value={session.login} />
        <p class="hint">{t('passwordHint')}</p>
      </section>
      <AppPasswords session={session} />
      <section class="card">
        <h2>{t('guides')}</h2>
        <div class="guide-choice" role="group" aria-label={t('program')}>
          {guides.map(({ id, name }) => (
            <button type="button" key={id} aria-pressed={id === chosen} onClick={() => setChosen(id)}>
              {name}
            </button>
          ))}
        </div>
        {guide === undefined ? null : <GuideText guide={guide} session={session} />}
      </section>
      <section class="card">
        <h2>{t('profileLimits')}</h2>
        <ul class="limits">
          {t(session.profile === 'groupware' ? 'groupwareLimits' : 'standardLimits')
            .split('\n')
            .map((line) => (
              <li key={line}>{line}</li>
            ))}
        </ul>
      </section>
    </div>
  );
}

/** What is for a terminal or a file looks like it. */
const Line = ({ text }: { readonly text: string }) =>
  text.startsWith('$ ') ? <code>{text.slice(2)}</code> : <>{text}</>;

function GuideText({ guide, session }: { readonly guide: Guide; readonly session: Session }) {
  const { host } = new URL(session.server);
  const values = { server: `${session.server}/`, host, user: session.login, home: session.server + session.home };
  const filled = (text: string): string =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => values[name as keyof typeof values] ?? '');
  return (
    <article class="guide" key={guide.id}>
      <h3>{guide.name}</h3>
      <ol>
        {guide.steps.map((step) => (
          <li key={step}>
            <Line text={filled(step)} />
          </li>
        ))}
      </ol>
      {guide.id === 'ios' || guide.id === 'macos' ? <AppleProfile session={session} /> : null}
      {guide.notes.map(({ title, lines }) => (
        <details key={title}>
          <summary>{title}</summary>
          <ul>
            {lines.map((line) => (
              <li key={line}>
                <Line text={filled(line)} />
              </li>
            ))}
          </ul>
        </details>
      ))}
    </article>
  );
}
