/**
 * The embedded store: the log, the read models and the places of the feed's consumers in one SQLite file.
 * Each entry takes the file from its index to the next `user_version`; entries are only ever added.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE commits (
    position INTEGER PRIMARY KEY,
    stream TEXT NOT NULL,
    version INTEGER NOT NULL,
    command TEXT NOT NULL,
    types TEXT NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX commits_by_version ON commits (stream, version);
  CREATE UNIQUE INDEX commits_by_command ON commits (stream, command);

  CREATE TABLE feed_consumers (name TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE collections (
    id INTEGER PRIMARY KEY,
    stream TEXT NOT NULL UNIQUE,
    home TEXT NOT NULL,
    version INTEGER NOT NULL,
    live INTEGER NOT NULL,
    epoch TEXT NOT NULL,
    since INTEGER NOT NULL,
    members INTEGER NOT NULL,
    size INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    horizon INTEGER,
    facts TEXT NOT NULL,
    properties TEXT NOT NULL
  ) STRICT;
  CREATE INDEX collections_by_home ON collections (home, created_at, id) WHERE live = 1;

  CREATE TABLE members (
    id INTEGER PRIMARY KEY,
    collection INTEGER NOT NULL,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    live INTEGER NOT NULL,
    uid TEXT,
    component TEXT,
    size INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    reach INTEGER,
    starts INTEGER,
    ends INTEGER,
    properties TEXT,
    facts TEXT,
    occurrences BLOB,
    data BLOB
  ) STRICT;
  CREATE UNIQUE INDEX members_by_name ON members (collection, name);
  CREATE INDEX members_by_version ON members (collection, version, name, live);
  CREATE INDEX members_by_uid ON members (collection, uid, name) WHERE live = 1;
  CREATE INDEX members_by_time ON members (collection, component, reach, starts, ends) WHERE live = 1;

  CREATE TABLE homes (
    stream TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    live INTEGER NOT NULL,
    default_calendar TEXT NOT NULL,
    default_tasks TEXT NOT NULL,
    properties TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE tenants (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    live INTEGER NOT NULL,
    record TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE tenant_names (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    tenant TEXT NOT NULL,
    PRIMARY KEY (kind, name)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE directories (stream TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE principals (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    live INTEGER NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (tenant, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE principal_names (
    tenant TEXT NOT NULL,
    name TEXT NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (tenant, name)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX principal_names_by_id ON principal_names (tenant, id);
  CREATE TABLE group_members (
    tenant TEXT NOT NULL,
    member TEXT NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (tenant, member, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX group_members_by_id ON group_members (tenant, id);
  `,
  `
  ALTER TABLE collections ADD COLUMN shares TEXT NOT NULL DEFAULT '[]';
  ALTER TABLE members ADD COLUMN created_by TEXT NOT NULL DEFAULT '';
  ALTER TABLE members ADD COLUMN memory TEXT;
  CREATE TABLE shares (
    tenant TEXT NOT NULL,
    principal TEXT NOT NULL,
    stream TEXT NOT NULL,
    PRIMARY KEY (tenant, principal, stream)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX shares_by_stream ON shares (stream);
  CREATE TABLE overlays (
    stream TEXT PRIMARY KEY,
    home TEXT NOT NULL,
    version INTEGER NOT NULL,
    record TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX overlays_by_home ON overlays (home);
  CREATE TABLE trash (
    stream TEXT NOT NULL,
    version INTEGER NOT NULL,
    home TEXT NOT NULL,
    live INTEGER NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (stream, version)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX trash_by_home ON trash (home, version) WHERE live = 1;
  `,
  `
  CREATE TABLE attachment_homes (
    stream TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    version INTEGER NOT NULL,
    used INTEGER NOT NULL,
    kept INTEGER NOT NULL,
    positions TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX attachment_homes_by_tenant ON attachment_homes (tenant);
  CREATE TABLE attachments (
    tenant TEXT NOT NULL,
    managed_id TEXT NOT NULL,
    stream TEXT NOT NULL,
    version INTEGER NOT NULL,
    live INTEGER NOT NULL,
    digest TEXT,
    idle_since INTEGER,
    record TEXT,
    PRIMARY KEY (tenant, managed_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX attachments_by_digest ON attachments (tenant, digest) WHERE live = 1;
  CREATE INDEX attachments_idle ON attachments (stream, idle_since) WHERE idle_since IS NOT NULL;
  CREATE TABLE attachment_references (
    collection TEXT NOT NULL,
    member TEXT NOT NULL,
    tenant TEXT NOT NULL,
    managed_id TEXT NOT NULL,
    PRIMARY KEY (collection, member, tenant, managed_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX attachment_references_by_attachment ON attachment_references (tenant, managed_id);
  `,
];

/** The tables that projections write. */
export const readModelTables = [
  'collections',
  'members',
  'shares',
  'homes',
  'overlays',
  'trash',
  'directories',
  'tenants',
  'tenant_names',
  'principals',
  'principal_names',
  'group_members',
  'attachment_homes',
  'attachments',
  'attachment_references',
] as const;
