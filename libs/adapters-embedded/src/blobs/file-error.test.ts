import { Unavailable } from '@almanac/ports';
import { expect, it } from 'vitest';
import { orUnavailable, orWhenMissing } from './file-error.js';

const failure = (code: string) => Object.assign(new Error(code), { code });
const failsWith = (code: string) => async () => {
  throw failure(code);
};

it.each(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'EMFILE'])('takes %s for something that may pass', async (code) => {
  await expect(orUnavailable(failsWith(code))).rejects.toThrow(Unavailable);
});

it.each(['EACCES', 'ENOTDIR', 'ENOENT', 'ECONNRESET'])('leaves %s as it is', async (code) => {
  await expect(orUnavailable(failsWith(code))).rejects.toMatchObject({ code, name: 'Error' });
});

it('takes nothing but a missing file for a missing file', async () => {
  expect(await orWhenMissing('none', failsWith('ENOENT'))).toBe('none');
  await expect(orWhenMissing('none', failsWith('EACCES'))).rejects.toMatchObject({ code: 'EACCES' });
});
