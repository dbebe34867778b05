import type { AwsTarget } from './environment.ts';
import type { Connection, Product } from './product.ts';

/** One connection for all Environments that mean the same account, region and role, so that they share its limits. */
export class Connections<Cloud> {
  private readonly product: Product<Cloud>;
  private readonly byTarget = new Map<string, Connection<Cloud>>();

  constructor(product: Product<Cloud>) {
    this.product = product;
  }

  to(target: AwsTarget): Connection<Cloud> {
    const { accountId, region, assumeRole } = target;
    const key = JSON.stringify([accountId, region, assumeRole?.roleArn, assumeRole?.externalId]);
    const known = this.byTarget.get(key);
    if (known !== undefined) return known;
    const connection = this.product.connect(target);
    this.byTarget.set(key, connection);
    return connection;
  }
}
