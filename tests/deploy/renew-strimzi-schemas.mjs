/**
 * `node tests/deploy/renew-strimzi-schemas.mjs`: makes golden/schemas anew from Strimzi's Maven artifacts. Needs Maven and
 * Java 21 or newer (JAVA=/path/to/java), which is why the result is kept in the repository.
 */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../scripts/provision/run.mjs';

const version = '1.2.0';
const kinds = { Kafka: 'kafka.Kafka', KafkaNodePool: 'nodepool.KafkaNodePool', KafkaUser: 'user.KafkaUser' };

const work = mkdtempSync(join(tmpdir(), 'almanac-strimzi-'));
const dependency = (/** @type {string} */ name) =>
  `<dependency><groupId>io.strimzi</groupId><artifactId>${name}</artifactId><version>${version}</version></dependency>`;

/** @param {unknown} schema @returns {unknown} without descriptions, and refusing what it does not name */
function strict(schema) {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { description: _, 'x-kubernetes-validations': __, properties, ...rest } = /** @type {any} */ (schema);
  const inner = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, strict(value)]));
  if (!properties) return inner;
  const named = Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, strict(value)]));
  const open = rest['x-kubernetes-preserve-unknown-fields'] === true || 'additionalProperties' in rest;
  return { ...inner, properties: named, ...(open ? {} : { additionalProperties: false }) };
}

writeFileSync(
  join(work, 'pom.xml'),
  `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>almanac</groupId><artifactId>strimzi</artifactId><version>1</version>
<dependencies>${dependency('api')}${dependency('crd-generator')}</dependencies></project>`,
);
const copy = 'org.apache.maven.plugins:maven-dependency-plugin:2.8:copy-dependencies';
run('mvn', '-q', '-B', '-f', join(work, 'pom.xml'), copy, `-DoutputDirectory=${work}/lib`);
const outputs = Object.entries(kinds).map(([kind, name]) => `io.strimzi.api.kafka.model.${name}=${work}/${kind}.json`);
const generator = ['io.strimzi.crdgenerator.CrdGenerator', '--target-kube', '1.27+'];
run(process.env.JAVA ?? 'java', '-cp', `${work}/lib/*`, ...generator, ...outputs);

for (const kind of Object.keys(kinds)) {
  const { spec } = JSON.parse(readFileSync(join(work, `${kind}.json`), 'utf8'));
  const { name, schema } = spec.versions.find((/** @type {any} */ candidate) => candidate.storage);
  const { status: _, ...properties } = schema.openAPIV3Schema.properties;
  const text = JSON.stringify({
    $comment: `From io.strimzi:api:${version} (Apache-2.0) by renew-strimzi-schemas.mjs`,
    .../** @type {object} */ (strict({ ...schema.openAPIV3Schema, properties })),
  });
  writeFileSync(new URL(`golden/schemas/${spec.group}_${name}_${kind}.json`, import.meta.url), `${text}\n`);
}
