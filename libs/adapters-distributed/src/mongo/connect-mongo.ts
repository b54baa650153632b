import { MongoClient } from 'mongodb';

/** Where the database is, and how to get in; the URL may say all of it. */
export interface MongoConnection {
  readonly url: string;
  /** A file with the authorities that are trusted, in PEM. */
  readonly tlsCAFile?: string;
  readonly auth?: { readonly username: string; readonly password: string };
}

/** A request is answered with "unavailable" after so many milliseconds without a server, not after half a minute. */
const serverSelectionTimeoutMS = 5_000;

/** A server that was stopped, or whose packets are lost, is found out after so many milliseconds. */
const socketTimeoutMS = 20_000;

/**
 * Connects at the first use. Writes are acknowledged once a majority has them in its journal, and reads see only such
 * writes (design 2).
 */
export const connectMongo = ({ url, ...connection }: MongoConnection): MongoClient =>
  new MongoClient(url, {
    ...connection,
    writeConcern: { w: 'majority', j: true },
    readConcern: { level: 'majority' },
    readPreference: 'primary',
    serverSelectionTimeoutMS,
    socketTimeoutMS,
  });
