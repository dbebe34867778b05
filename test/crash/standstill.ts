/** Moments at which nothing is on its way to AWS and nobody is answered. */
export class Standstill {
  private onTheirWay = 0;
  private present: Promise<void> | undefined;
  private lastArrived = (): void => undefined;

  /** To be awaited before a call is sent to AWS. */
  async depart(): Promise<void> {
    while (this.present !== undefined) await this.present;
    this.onTheirWay += 1;
  }

  /** To be awaited when AWS has answered, before the caller hears of it. */
  async arrive(): Promise<void> {
    this.onTheirWay -= 1;
    if (this.onTheirWay === 0) this.lastArrived();
    while (this.present !== undefined) await this.present;
  }

  /** Lets what is on its way arrive, and does something before anything else happens. */
  async during(action: () => Promise<void>): Promise<void> {
    while (this.present !== undefined) await this.present;
    this.present = this.rest()
      .then(action)
      .finally(() => (this.present = undefined));
    await this.present;
  }

  private async rest(): Promise<void> {
    if (this.onTheirWay > 0) await new Promise<void>((resolve) => (this.lastArrived = resolve));
  }
}
