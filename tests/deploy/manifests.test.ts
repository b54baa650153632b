import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { tools } from '../../scripts/provision/tools.mjs';
import { checkSchemas } from './check-schemas.js';
import { type Manifest, ofKind } from './manifest.js';
import { k8s, render, renderBaseWith } from './render.js';
import { rules } from './rules.js';
import { networkPolicies } from './rules/network.js';

const { kustomize, schemaPython, missing } = tools();
const noKustomize = kustomize === null ? ` (skipped: ${missing.kustomize})` : '';
const noSchemas = kustomize && schemaPython ? '' : ` (skipped: ${missing.kustomize ?? missing.schemaPython})`;

/** Kinds whose schemas cannot be had here; a new one must be named, or get a schema. */
const uncheckedKinds = [
  'cert-manager.io/v1 Certificate',
  'cert-manager.io/v1 Issuer',
  'mongodbcommunity.mongodb.com/v1 MongoDBCommunity',
];

const overlays = readdirSync(join(k8s, 'overlays'));
const components = readdirSync(join(k8s, 'components'));

/** A component that changes what another one brings. */
const needs: Readonly<Record<string, string>> = { 'mongodb-tls': 'mongodb' };

const combinations = components
  .reduce<string[][]>((sets, name) => [...sets, ...sets.map((set) => [...set, name])], [[]])
  .filter((set) => set.every((name) => !(name in needs) || set.includes(needs[name] as string)));

const faultsOf = (objects: readonly Manifest[]): string[] => Object.values(rules).flatMap((rule) => rule(objects));

describe.skipIf(noKustomize)(`the overlays${noKustomize}`, () => {
  it.each(overlays)('O4: %s renders to what was read and agreed', async (overlay) => {
    const text = render(join(k8s, 'overlays', overlay)).map((object) =>
      stringify(object, { sortMapEntries: true, lineWidth: 0 }),
    );
    await expect(text.join('---\n')).toMatchFileSnapshot(`golden/${overlay}.yaml`);
  });

  it.each(overlays)('O4: %s keeps the rules', (overlay) => {
    expect(faultsOf(render(join(k8s, 'overlays', overlay)))).toEqual([]);
  });

  it('production lets nothing through that no policy names', () => {
    expect(networkPolicies(render(join(k8s, 'overlays/production')))).toEqual([]);
  });

  it('every service of its own is in every overlay', () => {
    for (const overlay of overlays) {
      const names = ofKind(render(join(k8s, 'overlays', overlay)), 'Deployment').map(({ metadata }) => metadata.name);
      expect(names.toSorted()).toEqual(['attachments', 'calendar', 'dav-frontend', 'directory', 'tasks', 'web']);
    }
  });
});

describe.skipIf(noKustomize)(`the components${noKustomize}`, () => {
  const rendered = new Map<string, Manifest[]>();

  beforeAll(() => {
    for (const combination of combinations) rendered.set(combination.join(' + '), renderBaseWith(combination));
  }, 120_000);

  it('O4: every combination renders and keeps the rules', () => {
    const faults = [...rendered].flatMap(([title, objects]) => [
      ...faultsOf(objects).map((fault) => `${title}: ${fault}`),
      ...(title.includes('network-policies') ? networkPolicies(objects) : []),
    ]);
    expect(rendered.size).toBe(96);
    expect(faults).toEqual([]);
  });

  it.skipIf(noSchemas)(
    `every object has the form of its kind, and no field more${noSchemas}`,
    () => {
      const all = [
        ...[...rendered.values()].flat(),
        ...overlays.flatMap((overlay) => render(join(k8s, 'overlays', overlay))),
      ];
      const distinct = new Map(all.map((object) => [JSON.stringify(object), object]));
      expect(checkSchemas([...distinct.values()])).toEqual({ findings: [], unchecked: uncheckedKinds });
    },
    120_000,
  );
});
