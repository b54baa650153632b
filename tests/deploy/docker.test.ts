import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { tools } from '../../scripts/provision/tools.mjs';
import { faultsOfDockerfile } from './dockerfile-rules.js';
import { distributedVariables, embeddedVariables } from './environment.js';
import { pinned } from './rules/containers.js';

const folder = fileURLToPath(new URL('../../deploy/docker', import.meta.url));
const dockerfile = readFileSync(join(folder, 'Dockerfile'), 'utf8');

const { hadolint, composeSpec, missing } = tools();
const noHadolint = hadolint === null ? ` (skipped: ${missing.hadolint})` : '';
const noComposeSpec = composeSpec === null ? ` (skipped: ${missing.composeSpec})` : '';

function run(program: string | null, args: readonly string[], input = ''): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(program as string, args, { cwd: folder, input, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

describe('the Dockerfile', () => {
  it.skipIf(noHadolint)(`satisfies hadolint${noHadolint}`, () => {
    expect(run(hadolint, ['--no-color', '-'], dockerfile)).toEqual({ status: 0, output: '' });
    expect(run(hadolint, ['--no-color', '-'], dockerfile.replace(/FROM node:\S+/, 'FROM node')).output).toContain(
      'DL3006',
    );
  });

  it('has pinned bases, a numeric user, exec forms and no secrets', () => {
    expect(faultsOfDockerfile(dockerfile)).toEqual([]);
  });

  it.each([
    [/FROM node:\S+/, 'FROM node:26', 'the base node:26 is not pinned'],
    ['USER 1000:1000', 'USER node', 'the user "node"'],
    ['USER 1000:1000', '', 'the user ""'],
    ['USER 1000:1000', 'USER 0', 'the user "0"'],
    [/ENTRYPOINT .*/, 'ENTRYPOINT node', 'ENTRYPOINT is not in exec form'],
    [/ENTRYPOINT .*/, '', 'there is no ENTRYPOINT'],
    [/\nCMD .*/, '\nCMD node main.js', 'CMD is not in exec form'],
    [/ {2}CMD \[.*/, '  CMD true', 'HEALTHCHECK is not in exec form'],
    ['NODE_ENV=production', 'ALMANAC_KAFKA_PASSWORD=x', 'a secret stays'],
  ])('%s → %s is found', (what, instead, fault) => {
    const broken = dockerfile.replace(what, instead);
    expect(broken).not.toBe(dockerfile);
    expect(faultsOfDockerfile(broken).join('\n')).toContain(fault);
  });

  it('knows every program that is deployed', () => {
    const header = dockerfile.slice(0, dockerfile.indexOf('FROM'));
    for (const program of [
      'dav-frontend/dist/main.js',
      'dav-frontend/dist/pages/main.js',
      '{calendar,tasks,directory,attachments}/dist/main.js',
      'all-in-one/dist/cli.js',
    ])
      expect(header).toContain(`services/${program}`);
  });
});

const pages = 'services/dav-frontend/dist/pages/main.js';

interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly read_only?: boolean;
  readonly deploy?: { readonly replicas: number };
}

const servicesOf = (file: string): Readonly<Record<string, Service>> =>
  (parse(readFileSync(join(folder, file), 'utf8'), { merge: true }) as { services: Record<string, Service> }).services;

const known = { 'compose.yaml': distributedVariables, 'compose.embedded.yaml': embeddedVariables };

describe.each(Object.entries(known))('%s', (file, variables) => {
  it.skipIf(noComposeSpec)(`is a compose file${noComposeSpec}`, () => {
    expect(run(composeSpec, [file])).toMatchObject({ status: 0 });
  });

  it('pins its images and says that nobody has started it', () => {
    for (const { image } of Object.values(servicesOf(file))) expect(image).toMatch(pinned);
    expect(readFileSync(join(folder, file), 'utf8').split('\n').slice(0, 2).join()).toContain('never started');
  });

  it('sets only what the services read, and lets none write to its image', () => {
    const ours = Object.values(servicesOf(file)).filter(({ image }) => image.startsWith('almanac:'));
    const set = ours.flatMap(({ environment = {} }) => Object.keys(environment));
    expect(set.filter((name) => !variables.includes(name))).toEqual([]);
    expect(ours.every(({ read_only: readOnly }) => readOnly === true)).toBe(true);
  });
});

it('compose runs two of each service, and the same programs as Kubernetes', () => {
  const services = servicesOf('compose.yaml');
  for (const name of ['dav-frontend', 'calendar', 'tasks', 'directory', 'attachments']) {
    expect(services[name]?.deploy?.replicas).toBe(2);
    expect(services[name]?.command).toEqual([`services/${name}/dist/main.js`]);
  }
  expect(services['web']).toMatchObject({ deploy: { replicas: 2 }, command: [pages] });
  expect(readFileSync(join(folder, '../k8s/base/web.yaml'), 'utf8')).toContain(`args: [${pages}]`);
});

it.skipIf(noComposeSpec)(`a compose file with a fault is refused${noComposeSpec}`, () => {
  const { status, output } = run(composeSpec, ['-'], 'name: x\nservices: { a: { image: a:1, depend_on: [b] } }\n');
  expect(status).toBe(1);
  expect(output).toContain('depend_on');
});

it('the load balancer looks for frontends and pages where compose has them', () => {
  const proxy = readFileSync(join(folder, 'haproxy.cfg'), 'utf8');
  const { ALMANAC_PORT: port, ALMANAC_ADMIN_PORT: admin } =
    servicesOf('compose.yaml')['dav-frontend']?.environment ?? {};
  for (const name of ['dav-frontend', 'web']) expect(proxy).toContain(`${name}:${port} `);
  expect(proxy).toContain(`check port ${admin} `);
  expect(proxy).toContain('httpchk GET /health/readable');
});
