import { RedirectActionStatusCodeEnum, type Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import { Terminal } from '../../../controller/engine/errors.ts';
import { canonical } from '../same.ts';
import type { ListenerAction, RedirectAction } from './listener-spec.ts';

/** What AWS shows of a redirect that keeps these parts; absent means the same. */
const KEPT = { Host: '#{host}', Path: '/#{path}', Query: '#{query}' } as const;

export function toSdkActions(action: ListenerAction): Action[] {
  switch (action.type) {
    case 'forward':
      return [{ Type: 'forward', TargetGroupArn: action.targetGroupArn }];
    case 'redirect':
      return [
        {
          Type: 'redirect',
          RedirectConfig: {
            Protocol: action.protocol,
            Port: action.port,
            StatusCode: statusCodeNamed(action.statusCode),
            ...KEPT,
          },
        },
      ];
    case 'other':
      throw new Terminal('InvalidSpec', 'cannot do other than forward or redirect');
  }
}

export function fromSdkActions(actions: readonly Action[] = []): ListenerAction {
  const [action, ...more] = actions;
  const known = action && more.length === 0 ? (forwardOf(action) ?? redirectOf(action)) : undefined;
  return known ?? { type: 'other', actions: canonical(actions) };
}

/** A group alone may be shown as the one of its weights. */
function forwardOf({ Type, TargetGroupArn, ForwardConfig }: Action): ListenerAction | undefined {
  if (Type !== 'forward' || ForwardConfig?.TargetGroupStickinessConfig?.Enabled === true) return undefined;
  const [group, ...more] = ForwardConfig?.TargetGroups ?? [];
  const targetGroupArn = TargetGroupArn ?? group?.TargetGroupArn;
  return targetGroupArn === undefined || more.length > 0 ? undefined : { type: 'forward', targetGroupArn };
}

function redirectOf({ Type, RedirectConfig: found }: Action): RedirectAction | undefined {
  if (Type !== 'redirect' || found === undefined) return undefined;
  const { Host = KEPT.Host, Path = KEPT.Path, Query = KEPT.Query } = found;
  if (Host !== KEPT.Host || Path !== KEPT.Path || Query !== KEPT.Query) return undefined;
  const { Protocol: protocol = '#{protocol}', Port: port = '#{port}', StatusCode: statusCode = '' } = found;
  return { type: 'redirect', protocol, port, statusCode };
}

function statusCodeNamed(name: string): RedirectActionStatusCodeEnum {
  const code = Object.values(RedirectActionStatusCodeEnum).find((known) => known === name);
  if (code === undefined) throw new Terminal('InvalidSpec', `cannot redirect with ${name}`);
  return code;
}
