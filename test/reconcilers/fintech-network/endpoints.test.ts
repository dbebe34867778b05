import { describe, expect, test } from 'vitest';
import { having, nodesOf, specOf } from './network.ts';

describe('Endpoints', () => {
  const ownAccount = {
    Sid: 'OwnAccount',
    Effect: 'Allow',
    Principal: '*',
    Action: '*',
    Resource: '*',
    Condition: { StringEquals: { 'aws:PrincipalAccount': '123456789012' } },
  };

  test('let only the own account through, and to S3 everybody who fetches layers of images', () => {
    const nodes = nodesOf();
    const layers = {
      Sid: 'ImageLayers',
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*',
    };
    for (const id of having(nodes, 'gateway-endpoint-', 'interface-endpoint-')) {
      const further = id === 'gateway-endpoint-s3' ? [layers] : [];
      expect(specOf(nodes, id)['policy']).toEqual({
        Version: '2012-10-17',
        Statement: [ownAccount, ...further],
      });
    }
  });

  test('let everybody through where that is wanted', () => {
    const nodes = nodesOf({ endpoints: { gateway: ['s3'], interface: [], access: 'Any' } });
    expect(specOf(nodes, 'gateway-endpoint-s3')['policy']).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
    });
  });

  test('are called as their services', () => {
    const nodes = nodesOf({ endpoints: { gateway: [], interface: ['ecr.api'] } });
    expect(specOf(nodes, 'interface-endpoint-ecr-api')['serviceName']).toBe(
      'com.amazonaws.us-east-1.ecr.api',
    );
  });
});
