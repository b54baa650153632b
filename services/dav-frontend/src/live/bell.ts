/** Rings for one who waits: what rang before they waited is not lost, and several rings are one. */
export class Bell {
  #rung = false;
  #waiting: (() => void) | null = null;

  ring(): void {
    this.#rung = true;
    this.#waiting?.();
  }

  /** True when it rang, false when so many milliseconds have passed without. */
  async wait(milliseconds: number): Promise<boolean> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.#waiting = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#waiting = null;
    }
    const rang = this.#rung;
    this.#rung = false;
    return rang;
  }
}
