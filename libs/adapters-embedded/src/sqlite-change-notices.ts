import type { TenantId } from '@almanac/contracts';
import { type ChangeNotice, type ChangeNotices, ChangeFollowers, type HearChanges } from '@almanac/ports';
import type { Database } from './database.js';

/** Where the writer's thread says that it has committed. */
interface CommitPort {
  on(event: 'message', listener: () => void): unknown;
}

/** Reads in the log what is new, each time that the writer has committed and somebody listens. */
export class SqliteChangeNotices implements ChangeNotices {
  readonly #reader: Database;
  readonly #followers = new ChangeFollowers();
  #position = 0;

  constructor(reader: Database, commits: CommitPort) {
    this.#reader = reader;
    commits.on('message', () => this.#tell());
  }

  async follow(tenant: TenantId, heard: HearChanges): Promise<() => void> {
    if (this.#followers.isEmpty) this.#position = this.#end();
    return this.#followers.add(tenant, heard);
  }

  #tell(): void {
    if (this.#followers.isEmpty) return;
    const sql = 'SELECT stream, types FROM commits WHERE position > ?';
    const rows = this.#reader.all(sql, this.#position);
    this.#position = this.#end();
    this.#followers.tell(
      rows.map(([stream, types]): ChangeNotice => ({ stream: String(stream), types: String(types).split(',') })),
    );
  }

  #end(): number {
    return Number(this.#reader.get('SELECT max(position) FROM commits')?.[0] ?? 0);
  }
}
