import { MongoClient } from 'mongodb';

/**
 * Connects at the first use. Writes are acknowledged once a majority has them in its journal, and reads see only such
 * writes (design 2).
 */
export const connectMongo = (url: string): MongoClient =>
  new MongoClient(url, { writeConcern: { w: 'majority', j: true }, readConcern: { level: 'majority' } });
