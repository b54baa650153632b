/** What a client knows of one resource: the last content that was acknowledged, and those still in the air. */
interface Entry {
  /** Null: not there. */
  acknowledged: string | null;
  /** Sent and never answered: it may have been done or not. */
  readonly unknown: Set<string | null>;
}

/** The clients' own account of what the server has promised, to be held against what it has after a crash. */
export class Ledger {
  readonly #entries = new Map<string, Entry>();
  /** Contents that were refused and must never be seen. */
  readonly refused = new Set<string>();
  acknowledgements = 0;

  sending(name: string, content: string | null): void {
    this.#entry(name).unknown.add(content);
  }

  acknowledged(name: string, content: string | null): void {
    const entry = this.#entry(name);
    entry.acknowledged = content;
    entry.unknown.clear();
    this.acknowledgements += 1;
  }

  refusedContent(name: string, content: string): void {
    this.#entry(name).unknown.delete(content);
    this.refused.add(content);
  }

  /** Every way in which what the server holds breaks a promise. */
  faults(held: ReadonlyMap<string, string>): string[] {
    const faults: string[] = [];
    for (const [name, { acknowledged, unknown }] of this.#entries) {
      const now = held.get(name) ?? null;
      if (now !== acknowledged && !unknown.has(now)) {
        faults.push(`${name} is ${label(now)}, acknowledged was ${label(acknowledged)}`);
      }
    }
    for (const [name, content] of held) {
      if (!this.#entries.has(name)) faults.push(`${name} was never sent`);
      if (this.refused.has(content)) faults.push(`${name} holds what was refused`);
    }
    return faults;
  }

  /** After a crash, what is held is what the next promises build on. */
  settle(held: ReadonlyMap<string, string>): void {
    for (const [name, entry] of this.#entries) {
      entry.acknowledged = held.get(name) ?? null;
      entry.unknown.clear();
    }
  }

  #entry(name: string): Entry {
    const known = this.#entries.get(name) ?? { acknowledged: null, unknown: new Set<string | null>() };
    this.#entries.set(name, known);
    return known;
  }
}

const label = (content: string | null): string => (content === null ? 'absent' : JSON.stringify(content.slice(0, 80)));
