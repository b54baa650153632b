/** Chromium with a font: Debian packages. The tests of the pages drive it with playwright-core, which brings no browser. */
import { existsSync } from 'node:fs';
import { aptCommand, aptInstall } from './apt.mjs';
import { onPath } from './run.mjs';

const packages = ['chromium', 'fonts-dejavu-core'];
const font = '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf';

/** @type {import('../provision.mjs').Tool} */
export const chromium = {
  title: 'Chromium',
  names: ['chromium'],
  find() {
    const path = onPath('chromium');
    return path && existsSync(font) ? { chromium: path } : null;
  },
  install: () => aptInstall(...packages),
  command: aptCommand(...packages),
};
