import {
  CreateListenerCommand,
  DeleteListenerCommand,
  ModifyListenerCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Created, Creation, ResourceType } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { ifThere } from '../if-there.ts';
import { makeSureItIsOurs } from '../ownership.ts';
import { toSdkTags } from '../tags.ts';
import { OWNERS_PER_LIST, SETTLE_TIME } from './limits.ts';
import { toSdkActions } from './listener-action.ts';
import { listListeners } from './listener-list.ts';
import { listenersOf } from './listener-read.ts';
import type { ListenerOutputs, ListenerSpec } from './listener-spec.ts';
import { changeTags, elbTags, readTags } from './tags.ts';

/** A port of a load balancer, and what becomes of requests to it. */
export const Listener: ResourceType<ListenerSpec, ListenerOutputs, Aws> = {
  name: 'elb/listener',
  fields: {
    loadBalancerArn: { severity: 'availability', immutable: true },
    port: { severity: 'availability', immutable: true },
    protocol: { severity: 'security' },
    certificateArn: { severity: 'availability' },
    sslPolicy: { severity: 'security' },
    action: { severity: 'security' },
  },
  absence: 'availability',
  holdsData: false,
  // A load balancer has one listener on a port.
  uniqueBy: 'name',
  ownersPerList: OWNERS_PER_LIST,
  settleTime: SETTLE_TIME,

  list: listListeners,
  create,

  /** All at once, so that there is no moment with the protocol of one and the certificate of the other. */
  async update({ elb }, { id }, spec) {
    await elb.send(new ModifyListenerCommand({ ListenerArn: id, ...settingsOf(spec) }));
  },

  async delete(aws, { id }) {
    await ifThere(aws.elb.send(new DeleteListenerCommand({ ListenerArn: id })));
    elbTags.forget(aws, id);
  },

  /** Clients that speak the old protocol are refused. */
  interruptionOf: (_current, { field }) => (field === 'protocol' ? 'restart' : 'none'),

  async setTags(aws, { id, tags: actual = {} }, tags) {
    elbTags.remember(aws, id, tags);
    await changeTags(aws, id, tags, actual);
  },
};

async function create(aws: Aws, spec: ListenerSpec, creation: Creation): Promise<Created<ListenerOutputs>> {
  const { loadBalancerArn, port } = spec;
  // AWS gives back a listener of the same settings as if it had just made it, whoever has it.
  const existing = (await listenersOf(aws, loadBalancerArn)).find(({ Port }) => Port === port)?.ListenerArn;
  if (existing !== undefined) {
    makeSureItIsOurs(`a listener on port ${port} exists already`, await readTags(aws, existing), creation);
    return { id: existing };
  }
  const { Listeners = [] } = await aws.elb.send(
    new CreateListenerCommand({
      LoadBalancerArn: loadBalancerArn,
      Port: port,
      ...settingsOf(spec),
      Tags: toSdkTags(creation.tags),
    }),
  );
  const arn = Listeners[0]?.ListenerArn ?? '';
  elbTags.remember(aws, arn, creation.tags);
  return { id: arn, outputs: { arn } };
}

function settingsOf({ protocol, certificateArn, sslPolicy, action }: ListenerSpec) {
  return {
    Protocol: protocol,
    // AWS takes both away from a listener that becomes HTTP.
    ...(certificateArn === undefined ? {} : { Certificates: [{ CertificateArn: certificateArn }] }),
    ...(sslPolicy === undefined ? {} : { SslPolicy: sslPolicy }),
    DefaultActions: toSdkActions(action),
  };
}
