import { CreateTransitGatewayCommand } from '@aws-sdk/client-ec2';
import { isJsonObject, type JsonObject } from '../../../controller/manifests/json.ts';
import { readAwsState } from '../../aws-state.ts';
import { clientsFor, type Clients } from '../../clients.ts';
import { readNetworkState } from '../../network-state.ts';
import { Controller } from '../../product.ts';
import { testFields } from '../changed-fields.ts';
import { partOf } from '../contract-manifest.ts';
import { testEveryField } from '../every-field.ts';
import { networkFields, settings, transitGateways } from './field-cases.ts';
import { contract, networkKey, production } from './network.ts';

/** Their ids, by what stands for them. */
const gateways = new Map<string, string>();

testEveryField('FintechNetwork', networkFields);
testFields(
  {
    key: networkKey,
    spec: { ...partOf(contract.network, 'spec'), ...settings },
    manifests: (spec) => production(withGateways(spec)),
    async prepare(endpoint, clock) {
      const { ec2 } = clientsFor(endpoint);
      for (const name of transitGateways) {
        const { TransitGateway } = await ec2.send(new CreateTransitGatewayCommand({}));
        gateways.set(name, TransitGateway?.TransitGatewayId ?? '');
      }
      return new Controller(endpoint, [], clock);
    },
    read,
  },
  networkFields,
);

function withGateways(spec: JsonObject): JsonObject {
  let written = JSON.stringify(spec);
  for (const [name, id] of gateways) written = written.replaceAll(name, id);
  const changed: unknown = JSON.parse(written);
  if (!isJsonObject(changed)) throw new Error('a spec is a mapping');
  return changed;
}

async function read(clients: Clients): Promise<unknown> {
  const [network, { buckets, roles }] = await Promise.all([readNetworkState(clients), readAwsState(clients)]);
  return { ...network, buckets, roles };
}
