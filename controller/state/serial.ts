/** Runs what is asked for under one name one after the other, and what has different names side by side. */
export class Serial {
  private readonly last = new Map<string, Promise<unknown>>();

  async run<T>(name: string, task: () => Promise<T>): Promise<T> {
    const before = this.last.get(name) ?? Promise.resolve();
    const running = before.then(task, task);
    this.last.set(name, running);
    try {
      return await running;
    } finally {
      if (this.last.get(name) === running) this.last.delete(name);
    }
  }

  /** Resolves when everything that was asked for has ended, well or not. */
  async ended(): Promise<void> {
    while (this.last.size > 0) {
      await Promise.allSettled(this.last.values());
    }
  }
}
