import { type Manifest, ofKind, type Rule, unless } from '../manifest.js';

const settings = (objects: readonly Manifest[]): Readonly<Record<string, string>> =>
  ofKind(objects, 'ConfigMap')[0]?.data ?? {};

/** The services come in at the listener that is there, as the user that is there, and stay within its rights. */
export const kafka: Rule = (objects) => {
  const values = settings(objects);
  return [
    ...ofKind(objects, 'Kafka').flatMap(({ metadata, spec }) => {
      const addresses = (spec?.kafka?.listeners ?? []).map(({ port }) => `${metadata.name}-kafka-bootstrap:${port}`);
      const brokers = values['ALMANAC_KAFKA'] ?? '';
      return unless(addresses.includes(brokers), `Kafka ${metadata.name} is not at ${brokers}`);
    }),
    ...ofKind(objects, 'KafkaUser').flatMap(({ metadata, spec }) => [
      ...unless(values['ALMANAC_KAFKA_USER'] === metadata.name, `KafkaUser ${metadata.name} is not who comes`),
      ...(spec?.authorization?.acls ?? []).flatMap(({ resource: { name } }) =>
        unless(
          name === undefined || name === values['ALMANAC_KAFKA_PREFIX'],
          `KafkaUser ${metadata.name}: ${name} is not the prefix of the topics`,
        ),
      ),
    ]),
  ];
};

export const mongodb: Rule = (objects) =>
  ofKind(objects, 'MongoDBCommunity').flatMap(({ metadata: { name }, spec }) => {
    const values = settings(objects);
    const { hostname, searchParams } = firstOf(values['ALMANAC_MONGO_URL'] ?? '');
    const hosts = (values['ALMANAC_MONGO_URL'] ?? '').split('/')[2]?.split(',') ?? [];
    return [
      ...unless(hosts.length === spec?.members, `MongoDBCommunity ${name}: ${hosts.length} hosts are named`),
      ...unless(
        hostname === `${name}-0.${name}-svc.almanac.svc.cluster.local`,
        `MongoDBCommunity ${name} is not at ${hostname}`,
      ),
      ...unless(searchParams.get('replicaSet') === name, `MongoDBCommunity ${name}: another replica set is named`),
      ...unless(
        (spec?.users ?? []).some((user) => user.name === values['ALMANAC_MONGO_USER']),
        `MongoDBCommunity ${name} does not know the user`,
      ),
    ];
  });

/** The URL with its first host only, since a list of hosts is no URL to Node. */
const firstOf = (text: string) => new URL(text.replace(/,[^/]*/, ''));
