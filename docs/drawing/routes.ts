import { line } from './lines.ts';
import { wayOut } from './network.ts';
import { style } from './style.ts';
import type { SubnetBox } from './subnet-box.ts';
import { arrow, type Point } from './svg.ts';

export type Gateway = {
  readonly x: number;
  readonly bottom: number;
  /** The height at which what comes from the zones turns towards it. */
  readonly turn: number;
};

/** The default routes: to NAT gateways, and from these and from public subnets to the internet gateway. */
export function defaultRoutes(boxes: readonly SubnetBox[], gateway: Gateway): string {
  return [...toInternet(boxes, gateway), ...toNats(boxes)].join('\n');
}

function toInternet(boxes: readonly SubnetBox[], { x, bottom, turn }: Gateway): readonly string[] {
  const outward = boxes.filter(({ subnet }) => wayOut(subnet) === 'internet-gateway');
  return outward.map(({ exit }, index) => {
    const arrival = x + (index - (outward.length - 1) / 2) * 22;
    return arrow(bent(exit, [arrival, bottom], turn), style.internet);
  });
}

function toNats(boxes: readonly SubnetBox[]): readonly string[] {
  return boxes.flatMap(({ exit, subnet }) => {
    const target = boxes.find(({ nat }) => nat !== undefined && nat.node === wayOut(subnet));
    if (target === undefined) return [];
    const [x, y] = exit;
    const label = { colour: style.muted, anchor: 'end', size: style.small } as const;
    return [arrow(bent(exit, target.entry, y - 36), style.internet), line(x - 8, y - 19, '0.0.0.0/0', label)];
  });
}

/** Up to a height, sideways there, and up again. */
function bent(from: Point, to: Point, turn: number): readonly Point[] {
  return from[0] === to[0] ? [from, to] : [from, [from[0], turn], [to[0], turn], to];
}
