/** Thunderbird from Debian, which tests drive without a screen. */
import { existsSync } from 'node:fs';
import { aptCommand, aptInstall } from './apt.mjs';
import { onPath } from './run.mjs';

/** Behind a script that starts it, and would be ended in its place. */
const debian = '/usr/lib/thunderbird/thunderbird';

/** @type {import('../provision.mjs').Tool} */
export const thunderbird = {
  title: 'Thunderbird',
  names: ['thunderbird'],
  find() {
    const path = existsSync(debian) ? debian : onPath('thunderbird');
    return path ? { thunderbird: path } : null;
  },
  install: () => aptInstall('thunderbird'),
  command: aptCommand('thunderbird'),
};
