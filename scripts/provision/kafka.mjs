/** Apache Kafka from its Maven artifacts, and the Java that it runs on (facts: no containers are needed). */
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aptCommand, aptInstall } from './apt.mjs';
import { cache, shortHash } from './cache.mjs';
import { onPath, run } from './run.mjs';

const artifacts = ['org.apache.kafka:kafka_2.13:4.4.0', 'org.slf4j:slf4j-simple:1.7.36'];
const copy = 'org.apache.maven.plugins:maven-dependency-plugin:2.8:copy-dependencies';
const oldestJava = 17;
const javaPackage = `openjdk-${oldestJava}-jre-headless`;

/** Other artifacts, another folder. */
const folder = join(cache, `kafka-${shortHash(artifacts.join())}`);
const jars = join(folder, 'lib');
/** Holds the path of the Java that was found to be new enough; written last. */
const complete = join(folder, '.complete');

const dependency = (/** @type {string} */ artifact) => {
  const [group, name, version] = artifact.split(':');
  return `<dependency><groupId>${group}</groupId><artifactId>${name}</artifactId><version>${version}</version></dependency>`;
};
const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>almanac</groupId><artifactId>kafka</artifactId><version>1</version>
<dependencies>${artifacts.map(dependency).join('')}</dependencies></project>
`;

/** @returns {string | undefined} the first Java that is new enough */
function findJava() {
  const candidates = [onPath('java'), ...globSync('/usr/lib/jvm/*/bin/java')].filter((path) => path !== null);
  return candidates.find((java) => {
    try {
      return Number(/^\S+ (\d+)/.exec(run(java, '--version'))?.[1]) >= oldestJava;
    } catch {
      return false;
    }
  });
}

function haveJava() {
  const present = findJava();
  if (present) return present;
  aptInstall(javaPackage);
  const installed = findJava();
  if (!installed) throw new Error(`needs Java ${oldestJava} or newer`);
  return installed;
}

function copyJars() {
  if (!onPath('mvn')) aptInstall('maven');
  const draft = `${jars}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  writeFileSync(join(folder, 'pom.xml'), pom);
  try {
    run('mvn', '-q', '-B', '-f', join(folder, 'pom.xml'), copy, `-DoutputDirectory=${draft}`);
  } catch {
    // What Maven says last is where to read about Maven.
    throw new Error(`Maven could not get ${artifacts.join(' and ')} (is there a way to Maven Central?)`);
  }
  rmSync(jars, { recursive: true, force: true });
  renameSync(draft, jars);
}

/** @type {import('../provision.mjs').Tool} */
export const kafka = {
  title: 'Apache Kafka (broker for tests)',
  names: ['java', 'kafka'],
  find() {
    if (!existsSync(complete)) return null;
    const java = readFileSync(complete, 'utf8');
    return existsSync(java) && existsSync(jars) ? { java, kafka: jars } : null;
  },
  install() {
    mkdirSync(folder, { recursive: true });
    const java = haveJava();
    if (!existsSync(jars)) copyJars();
    writeFileSync(complete, java);
  },
  get command() {
    const missing = [...(onPath('java') ? [] : [javaPackage]), ...(onPath('mvn') ? [] : ['maven'])];
    return `${missing.length > 0 ? `${aptCommand(...missing)} && ` : ''}npm run provision`;
  },
};
