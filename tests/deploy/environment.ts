/** Of attachments, in both modes. */
const attachmentVariables = [
  ...['ALMANAC_ATTACHMENT_GRACE', 'ALMANAC_LINK_KEY', 'ALMANAC_LINK_KEY_FILE', 'ALMANAC_CLAMAV', 'ALMANAC_CLAMAV_AWAY'],
];

/** What the distributed services read (docs/operations/configuration.md). */
export const distributedVariables: readonly string[] = [
  ...['ALMANAC_HOST', 'ALMANAC_PORT', 'ALMANAC_ADMIN_PORT', 'ALMANAC_DRAIN', 'ALMANAC_LOG_LEVEL'],
  ...[
    'ALMANAC_PROFILE',
    'ALMANAC_PUBLIC_URL',
    'ALMANAC_TRUST_PROXY',
    'ALMANAC_PAGES',
    'ALMANAC_PAGES_URL',
    'OTEL_EXPORTER_OTLP_ENDPOINT',
  ],
  ...['ALMANAC_KAFKA', 'ALMANAC_KAFKA_PREFIX', 'ALMANAC_KAFKA_PARTITIONS', 'ALMANAC_KAFKA_REPLICATION'],
  ...['ALMANAC_KAFKA_TLS', 'ALMANAC_KAFKA_CA', 'ALMANAC_KAFKA_SASL', 'ALMANAC_KAFKA_USER'],
  ...['ALMANAC_KAFKA_PASSWORD_FILE', 'ALMANAC_MONGO_URL', 'ALMANAC_MONGO_CA', 'ALMANAC_MONGO_USER'],
  ...['ALMANAC_MONGO_PASSWORD_FILE', 'ALMANAC_MONGO_DATABASE'],
  ...['ALMANAC_BLOBS', 'ALMANAC_S3_ENDPOINT', 'ALMANAC_S3_REGION', 'ALMANAC_S3_BUCKET', 'ALMANAC_S3_ACCESS_KEY'],
  ...['ALMANAC_S3_SECRET_KEY_FILE', 'ALMANAC_S3_PATH_STYLE', 'ALMANAC_S3_CA'],
  ...attachmentVariables,
];

/** What the process of all services reads (README.md). */
export const embeddedVariables: readonly string[] = [
  ...['ALMANAC_HOST', 'ALMANAC_PORT', 'ALMANAC_DATA', 'ALMANAC_PROFILE', 'ALMANAC_PUBLIC_URL', 'ALMANAC_SEED'],
  'ALMANAC_LOG_LEVEL',
  ...attachmentVariables,
];
