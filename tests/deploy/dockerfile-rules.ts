import { unless } from './manifest.js';
import { pinned } from './rules/containers.js';

/** What hadolint does not ask for. */
export function faultsOfDockerfile(text: string): string[] {
  const instructions = text
    .replace(/^\s*#.*\n/gm, '')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [, word = '', value = ''] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
      return [word, value] as const;
    });
  const valuesOf = (name: string) => instructions.filter(([word]) => word === name).map(([, value]) => value);
  const stages = valuesOf('FROM').map((value) => / AS (\S+)$/.exec(value)?.[1]);
  const last = instructions.slice(instructions.findLastIndex(([word]) => word === 'FROM'));
  const user = last.findLast(([word]) => word === 'USER')?.[1] ?? '';
  return [
    ...valuesOf('FROM').flatMap((value) => {
      const image = value.split(' ')[0] ?? '';
      return unless(stages.includes(image) || pinned.test(image), `the base ${image} is not pinned`);
    }),
    ...unless(/^[1-9]\d*(:\d+)?$/.test(user), `the user "${user}" is no number, or root`),
    ...['ENTRYPOINT', 'CMD'].flatMap((name) =>
      valuesOf(name).flatMap((value) => unless(value.startsWith('['), `${name} is not in exec form`)),
    ),
    ...valuesOf('HEALTHCHECK').flatMap((value) => unless(/CMD\s*\[/.test(value), 'HEALTHCHECK is not in exec form')),
    ...unless(valuesOf('ENTRYPOINT').length > 0, 'there is no ENTRYPOINT'),
    ...[...valuesOf('ENV'), ...valuesOf('ARG')].flatMap((value) =>
      unless(!/(PASSWORD|SECRET|TOKEN|KEY)\w*\b/i.test(value), `a secret stays in the image: ${value.split('=')[0]}`),
    ),
  ];
}
