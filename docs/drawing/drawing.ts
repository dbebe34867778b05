import { flowLogHeight, flowLogRow } from './flow-logs.ts';
import { heading } from './heading.ts';
import { line } from './lines.ts';
import { neighbour, type Neighbour } from './neighbour.ts';
import { tiers, type Network } from './network.ts';
import { defaultRoutes } from './routes.ts';
import { style } from './style.ts';
import { arrow, arrowheads, element, rectangle, type Box } from './svg.ts';
import { tagColumn, TierBand } from './tier-band.ts';

const width = 1000;
const margin = 16;
const left = margin + 14;
const side = { x: 866, width: 104 } as const;
const zonesLeft = left + tagColumn + 12;
const zonesRight = side.x - 36;
const vpcTop = 104;
const zonesTop = 146;
const gatewayHeight = 34;
/** Between the public and the app tier, for the arrows. */
const lane = 42;

/** The whole drawing of a network, as SVG. */
export function drawing(network: Network): string {
  const columns = columnsOf(network.zones.length);
  const bands = bandsOf(network, columns);
  const subnets = bands.flatMap((band) => band.subnets);
  const lowest = bands.at(-1)?.box ?? { y: zonesTop, height: 0 };
  const zonesBottom = lowest.y + lowest.height + 14;
  const vpc = { x: margin, y: vpcTop, width: width - 2 * margin, height: zonesBottom + 14 - vpcTop };
  const logsTop = vpc.y + vpc.height + 24;
  const logs = network.flowLogs.map((log, index) =>
    flowLogRow(log, left, logsTop + index * (flowLogHeight + 24)),
  );
  const middle = (zonesLeft + zonesRight) / 2;
  return page(logsTop + logs.length * (flowLogHeight + 24) - 4, [
    ...heading(network, left, width - left),
    rectangle(vpc, { rx: 10, fill: 'none', stroke: style.ink, 'stroke-width': 1.6 }),
    line(left, vpc.y + 26, `VPC ${network.cidr}`, { size: style.heading, bold: true }),
    line(left, vpc.y + 45, closedGroups(network), { colour: style.muted }),
    ...bands.map((band) => band.drawGround()),
    ...columns.map((column, index) => zone(column, network.zones[index] ?? '', zonesBottom)),
    ...bands.map((band) => band.draw()),
    ...internet(middle),
    defaultRoutes(subnets, { x: middle, bottom: vpcTop + gatewayHeight / 2, turn: zonesTop - 10 }),
    ...neighboursOf(network).map((each) => neighbour(each, bands, side)),
    ...logs,
  ]);
}

function bandsOf(network: Network, columns: readonly Box[]): readonly TierBand[] {
  let y = zonesTop + 28;
  return tiers.map((tier) => {
    const band = new TierBand(network, tier, columns, { x: left, y, width: zonesRight + 10 - left });
    y += band.box.height + (tier === 'public' ? lane : 16);
    return band;
  });
}

function columnsOf(count: number): readonly Box[] {
  const gap = 12;
  const each = (zonesRight - zonesLeft - gap * (count - 1)) / Math.max(count, 1);
  const xs = Array.from({ length: count }, (_, index) => zonesLeft + index * (each + gap));
  return xs.map((x) => ({ x, y: zonesTop, width: each, height: 0 }));
}

/** What is beside the tiers and reached by routes of its own. */
function neighboursOf({ endpoints, transitGateway }: Network): readonly Neighbour[] {
  const gateways = endpoints.filter(({ type }) => type === 'Gateway');
  const reached = tiers.filter((tier) => gateways.some((endpoint) => endpoint.tiers.includes(tier)));
  const services = gateways.map(({ service }) => service);
  return [
    { title: 'Gateway endpoints', items: services, tiers: reached },
    ...(transitGateway === undefined
      ? []
      : [{ title: 'Transit gateway', items: [transitGateway.id], tiers: transitGateway.tiers }]),
  ];
}

function closedGroups({ groups }: Network): string {
  const closed = groups.filter(({ tier }) => tier === undefined).map(({ node }) => node);
  return closed.length === 0 ? '' : `${closed.join(', ')}: no rule, so nothing passes`;
}

function internet(x: number): readonly string[] {
  const cloud = { x: x - 70, y: 18, width: 140, height: 32 };
  const gateway = { x: x - 78, y: vpcTop - gatewayHeight / 2, width: 156, height: gatewayHeight };
  return [
    rectangle(cloud, { rx: 16, fill: style.ground, stroke: style.line }),
    line(x, 39, 'Internet', { anchor: 'middle', bold: true, size: style.heading }),
    arrow(
      [
        [x, 50],
        [x, gateway.y],
      ],
      style.internet,
      true,
    ),
    rectangle(gateway, { rx: 6, fill: style.warm, stroke: style.internet, 'stroke-width': 1.4 }),
    line(x, vpcTop + 4.5, 'internet-gateway', { anchor: 'middle', bold: true, colour: style.internet }),
  ];
}

function zone(column: Box, name: string, bottom: number): string {
  const border = { rx: 6, fill: 'none', stroke: style.line, 'stroke-dasharray': '6 4' };
  return [
    rectangle({ ...column, height: bottom - column.y }, border),
    line(column.x + 10, column.y + 18, name, { colour: style.muted, bold: true }),
  ].join('\n');
}

/** White, so that it can be read on a dark page too. */
function page(height: number, content: readonly string[]): string {
  const parts = [
    arrowheads([style.internet, style.ink, style.line]),
    rectangle({ x: 0, y: 0, width, height }, { rx: 14, fill: style.paper }),
    ...content,
  ];
  const root = { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, width, height };
  const svg = { ...root, 'font-family': style.fonts, role: 'img' };
  return `${element('svg', svg, '\n', parts.join('\n'), '\n')}\n`;
}
