import { expect, it } from 'vitest';
import { safeFilename } from './safe-filename.js';

it.each([
  [null, 'attachment'],
  ['', 'attachment'],
  ['agenda.html', 'agenda.html'],
  ['größe 日本.txt', 'größe 日本.txt'],
  ['/etc/passwd', 'passwd'],
  ['C:\\Windows\\system.ini', 'system.ini'],
  ['../../x', 'x'],
  ['..', 'attachment'],
  ['.bashrc', 'bashrc'],
  ['a\r\nb\u0000.txt', 'ab.txt'],
  ['innocent\u202egnp.exe', 'innocentgnp.exe'],
  ['say "hello".txt', "say 'hello'.txt"],
  [' name. . ', 'name'],
  [`${'é'.repeat(200)}.tar`, `${'é'.repeat(88)}.tar`],
])('RFC 6266 4.3: %j becomes %j', (name, safe) => expect(safeFilename(name)).toBe(safe));
