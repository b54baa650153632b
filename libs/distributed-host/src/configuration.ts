import { readFileSync } from 'node:fs';
import type { KafkaConnection, MongoConnection } from '@almanac/adapters-distributed';
import {
  type AttachmentsConfiguration,
  ConfigurationFault,
  Environment,
  type ProcessConfiguration,
  readAttachmentsConfiguration,
  readProcessConfiguration,
} from '@almanac/service-host';
import { type BlobsConfiguration, readBlobsConfiguration } from './blobs-configuration.js';

/** Where the broker and the database are, and how to get in; the same for every service (docs/operations/configuration.md). */
export interface BackboneConfiguration {
  readonly kafka: KafkaConnection;
  /** Before the names of topics and groups. */
  readonly kafkaPrefix: string;
  readonly partitions: number;
  /** Null: three, or as many as there are brokers. */
  readonly replicationFactor: number | null;
  readonly mongo: MongoConnection;
  readonly database: string;
  readonly blobs: BlobsConfiguration;
  readonly attachments: AttachmentsConfiguration;
}

/** What a service's process is told. */
export interface HostConfiguration extends ProcessConfiguration {
  /** A proxy in front says where requests come from. */
  readonly trustProxy: boolean;
  /** Where clients reach the service, without a slash at the end; null: where they say that they do. */
  readonly publicUrl: string | null;
  readonly backbone: BackboneConfiguration;
}

/** @throws ConfigurationFault */
export function readHostConfiguration(values: NodeJS.ProcessEnv): HostConfiguration {
  const environment = new Environment(values);
  return {
    ...readProcessConfiguration(values),
    trustProxy: environment.flag('ALMANAC_TRUST_PROXY'),
    publicUrl: environment.publicUrl(),
    backbone: readBackboneConfiguration(values),
  };
}

/** @throws ConfigurationFault */
export function readBackboneConfiguration(values: NodeJS.ProcessEnv): BackboneConfiguration {
  const environment = new Environment(values);
  const replicationFactor = environment.integer('ALMANAC_KAFKA_REPLICATION', 0, [0, 15]);
  return {
    kafka: kafkaConnection(environment),
    kafkaPrefix: environment.text('ALMANAC_KAFKA_PREFIX', ''),
    partitions: environment.integer('ALMANAC_KAFKA_PARTITIONS', 12, [1, 10_000]),
    replicationFactor: replicationFactor === 0 ? null : replicationFactor,
    mongo: mongoConnection(environment),
    database: environment.text('ALMANAC_MONGO_DATABASE', 'almanac'),
    blobs: readBlobsConfiguration(values),
    attachments: readAttachmentsConfiguration(values),
  };
}

function kafkaConnection(environment: Environment): KafkaConnection {
  const brokers = environment
    .required('ALMANAC_KAFKA', 'kafka-1:9092,kafka-2:9092')
    .split(',')
    .map((broker) => broker.trim());
  const wrong = brokers.find((broker) => !/^\S+:\d+$/.test(broker));
  if (wrong !== undefined) {
    throw new ConfigurationFault(`ALMANAC_KAFKA has ${wrong}; it must be a list of host:port, separated by commas.`);
  }
  const tls = environment.flag('ALMANAC_KAFKA_TLS');
  return {
    brokers,
    ...(tls ? { ssl: { ...authorities(environment, 'ALMANAC_KAFKA_CA') } } : {}),
    ...saslOf(environment),
  };
}

function saslOf(environment: Environment): Pick<KafkaConnection, 'sasl'> {
  const known = ['none', 'plain', 'scram-sha-256', 'scram-sha-512'] as const;
  const mechanism = environment.oneOf('ALMANAC_KAFKA_SASL', 'none', known);
  if (mechanism === 'none') return {};
  const username = environment.required('ALMANAC_KAFKA_USER', 'almanac');
  const password = environment.secret('ALMANAC_KAFKA_PASSWORD');
  if (password === null) {
    throw new ConfigurationFault(`ALMANAC_KAFKA_SASL is ${mechanism}; set ALMANAC_KAFKA_PASSWORD, or …_PASSWORD_FILE.`);
  }
  return { sasl: { mechanism, username, password } };
}

function mongoConnection(environment: Environment): MongoConnection {
  const url = environment.required('ALMANAC_MONGO_URL', 'mongodb://mongo-1,mongo-2/?replicaSet=almanac');
  if (!/^mongodb(\+srv)?:\/\/./.test(url)) {
    throw new ConfigurationFault('ALMANAC_MONGO_URL must begin with mongodb:// or mongodb+srv://.');
  }
  const ca = environment.optional('ALMANAC_MONGO_CA');
  const username = environment.optional('ALMANAC_MONGO_USER');
  const password = environment.secret('ALMANAC_MONGO_PASSWORD');
  if ((username === null) !== (password === null)) {
    throw new ConfigurationFault('ALMANAC_MONGO_USER and ALMANAC_MONGO_PASSWORD are set together, or neither is.');
  }
  return {
    url,
    ...(ca === null ? {} : { tlsCAFile: ca }),
    ...(username === null || password === null ? {} : { auth: { username, password } }),
  };
}

function authorities(environment: Environment, name: string): { readonly ca?: readonly string[] } {
  const file = environment.optional(name);
  if (file === null) return {};
  try {
    return { ca: [readFileSync(file, 'utf8')] };
  } catch (error) {
    throw new ConfigurationFault(`${name} is ${file}, which cannot be read: ${(error as Error).message}.`);
  }
}
