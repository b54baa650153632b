import type { Consumer } from 'kafkajs';

/** A consumer that nobody heard of for so many milliseconds is not well; brokers may be away for less. */
const patience = 30_000;

/** Whether a consumer is in its group and the brokers answer it. */
export class ConsumerHealth {
  readonly #name: string;
  #heard = Date.now();
  #joined = false;

  constructor(consumer: Consumer, name: string) {
    this.#name = name;
    const { GROUP_JOIN, HEARTBEAT, FETCH, CRASH } = consumer.events;
    const hear = (): void => {
      this.#heard = Date.now();
    };
    consumer.on(GROUP_JOIN, () => {
      this.#joined = true;
      hear();
    });
    consumer.on(HEARTBEAT, hear);
    consumer.on(FETCH, hear);
    consumer.on(CRASH, () => {
      this.#joined = false;
    });
  }

  /** @throws Error in words when it is not well */
  demand(): void {
    if (!this.#joined) throw new Error(`the consumer of ${this.#name} has not joined its group`);
    const silent = Date.now() - this.#heard;
    if (silent > patience)
      throw new Error(`the brokers have not answered the consumer of ${this.#name} for ${silent} ms`);
  }
}
