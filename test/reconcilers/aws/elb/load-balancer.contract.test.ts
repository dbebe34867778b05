import {
  SetIpAddressTypeCommand,
  SetSecurityGroupsCommand,
  SetSubnetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type {
  LoadBalancerOutputs,
  LoadBalancerSpec,
} from '../../../../reconcilers/aws/elb/load-balancer-spec.ts';
import { LoadBalancer } from '../../../../reconcilers/aws/elb/load-balancer.ts';
import { makeLoadBalancerPlaces } from '../../../emulator/elb-places.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import { changeLoadBalancer, makeLogBucket, removeAllTags, sampleLoadBalancer } from './elb-samples.ts';

describeResourceType(
  LoadBalancer,
  async (aws): Promise<Fixture<LoadBalancerSpec, LoadBalancerOutputs>> => {
    const places = await makeLoadBalancerPlaces(aws.ec2, 'eu-west-1');
    const { subnetIds, securityGroupIds } = places;
    await makeLogBucket(aws, 'access-logs', ['api', '']);
    const attribute = (key: string, value: string) => (current: { readonly id: string }) =>
      changeLoadBalancer(aws, current.id, key, value);
    return {
      spec: (number) => sampleLoadBalancer(`contract-${number}`, places),
      pending: true,
      removeTags: ({ id }) => removeAllTags(aws, id),
      fields: {
        name: 'immutable',
        scheme: 'immutable',
        vpcId: 'immutable',
        listenerPorts: 'own tests',
        subnetIds: {
          another: [...subnetIds],
          changeFromOutside: ({ id }) =>
            aws.elb.send(
              new SetSubnetsCommand({ LoadBalancerArn: id, Subnets: [subnetIds[1], subnetIds[2]] }),
            ),
        },
        securityGroupIds: {
          another: [...securityGroupIds],
          changeFromOutside: ({ id }) =>
            aws.elb.send(
              new SetSecurityGroupsCommand({ LoadBalancerArn: id, SecurityGroups: [securityGroupIds[1]] }),
            ),
        },
        ipAddressType: {
          another: 'dualstack',
          changeFromOutside: ({ id }) =>
            aws.elb.send(new SetIpAddressTypeCommand({ LoadBalancerArn: id, IpAddressType: 'dualstack' })),
        },
        deletionProtection: {
          another: true,
          changeFromOutside: attribute('deletion_protection.enabled', 'true'),
        },
        accessLogs: {
          another: { bucket: 'access-logs', prefix: 'api' },
          given: { accessLogs: { bucket: 'access-logs', prefix: '' } },
          changeFromOutside: attribute('access_logs.s3.enabled', 'false'),
        },
        idleTimeoutSeconds: {
          another: 120,
          changeFromOutside: attribute('idle_timeout.timeout_seconds', '4000'),
        },
        clientKeepAliveSeconds: {
          another: 60,
          changeFromOutside: attribute('client_keep_alive.seconds', '604800'),
        },
        dropInvalidHeaders: {
          another: false,
          changeFromOutside: attribute('routing.http.drop_invalid_header_fields.enabled', 'false'),
        },
        desyncMitigation: {
          another: 'strictest',
          changeFromOutside: attribute('routing.http.desync_mitigation_mode', 'monitor'),
        },
        http2: { another: false, changeFromOutside: attribute('routing.http2.enabled', 'false') },
        preserveHostHeader: {
          another: true,
          changeFromOutside: attribute('routing.http.preserve_host_header.enabled', 'true'),
        },
        forwardedFor: {
          another: 'remove',
          changeFromOutside: attribute('routing.http.xff_header_processing.mode', 'preserve'),
        },
        forwardedClientPort: {
          another: true,
          changeFromOutside: attribute('routing.http.xff_client_port.enabled', 'true'),
        },
        tlsHeaders: {
          another: true,
          changeFromOutside: attribute('routing.http.x_amzn_tls_version_and_cipher_suite.enabled', 'true'),
        },
        wafFailOpen: { another: true, changeFromOutside: attribute('waf.fail_open.enabled', 'true') },
      },
    };
  },
  ['listenerPorts'],
);
