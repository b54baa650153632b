import { randomBytes } from 'node:crypto';
import { keptSetting, type MongoDatabase } from '@almanac/adapters-distributed';

/** What signed links are made with, the same in every process: kept in the database, and made by the first who asks. */
export async function storedLinkKey(database: MongoDatabase): Promise<Uint8Array> {
  return Buffer.from(await keptSetting(database, 'link-key', () => randomBytes(32).toString('hex')), 'hex');
}
