import { EndpointStrip } from './endpoint-strip.ts';
import { FilterTag } from './filter-tag.ts';
import { line } from './lines.ts';
import type { Network, Tier } from './network.ts';
import { colourOfGroup, style, tierStyle } from './style.ts';
import { SubnetBox } from './subnet-box.ts';
import { rectangle, type Box } from './svg.ts';

/** The width of the column of tags, left of the zones. */
export const tagColumn = 248;
const gap = 7;
const inset = 12;
const titleHeight = 42;

/** A row of the drawing: what its tier lets through, and its subnets in their zones. */
export class TierBand {
  readonly tier: Tier;
  readonly box: Box;
  readonly subnets: readonly SubnetBox[];
  private readonly note: string;
  private readonly tags: readonly FilterTag[];
  private readonly strip: EndpointStrip | undefined;

  constructor(network: Network, tier: Tier, columns: readonly Box[], frame: Omit<Box, 'height'>) {
    this.tier = tier;
    this.note = noteOf(network, tier);
    this.tags = tagsOf(network, tier);
    this.strip = stripOf(network, tier, columns);
    const tagsHeight = this.tags.reduce((sum, tag) => sum + tag.height + gap, titleHeight) + 5;
    const below = this.strip === undefined ? inset : this.strip.height + 2 * inset;
    const nats = new Map(network.nats.map((nat) => [nat.subnet, nat]));
    const places = network.subnets.flatMap((subnet) => {
      const column = columns[network.zones.indexOf(subnet.zone)];
      if (subnet.tier !== tier || column === undefined) return [];
      const nat = nats.get(subnet.node);
      const routes = SubnetBox.routeLines(subnet, gatewayServices(network, tier), column.width - 18, nat);
      return [{ subnet, column, routes, nat }];
    });
    const needed = places.map(({ nat, routes }) => SubnetBox.heightOf(nat !== undefined, routes.length));
    const height = Math.max(tagsHeight, Math.max(0, ...needed) + inset + below);
    this.box = { ...frame, height };
    this.subnets = places.map(({ subnet, column, routes, nat }) => {
      const across = { x: column.x + 9, width: column.width - 18 };
      return new SubnetBox(subnet, nat, routes, {
        ...across,
        y: frame.y + inset,
        height: height - inset - below,
      });
    });
  }

  /** The lowest layer: zones are drawn over it. */
  drawGround(): string {
    const { ink, tint } = tierStyle[this.tier];
    return rectangle(this.box, { rx: 8, fill: tint, stroke: ink, 'stroke-opacity': 0.35 });
  }

  draw(): string {
    const { x, y, height } = this.box;
    const { ink, title } = tierStyle[this.tier];
    let top = y + titleHeight;
    const tags = this.tags.map((tag) => {
      const drawn = tag.draw(x + inset, top, colourOfGroup(tag.node) ?? style.muted);
      top += tag.height + gap;
      return drawn;
    });
    const strip = this.strip;
    return [
      line(x + inset, y + 19, title, { size: style.heading, bold: true, colour: ink }),
      line(x + inset, y + 34, this.note, { colour: style.muted }),
      ...tags,
      ...this.subnets.map((subnet) => subnet.draw()),
      ...(strip === undefined ? [] : [strip.draw(y + height - inset - strip.height)]),
    ].join('\n');
  }
}

function noteOf({ nats }: Network, tier: Tier): string {
  const notes = {
    public: nats.length === 0 ? 'load balancers' : 'load balancers and NAT gateways',
    app: nats.length === 0 ? 'services; no way to the internet' : 'services; to the internet by NAT',
    data: 'databases and caches; no way to the internet',
  };
  return notes[tier];
}

function tagsOf(network: Network, tier: Tier): readonly FilterTag[] {
  const acl = network.acls.get(tier);
  const filters = network.groups.filter((group) => group.tier === tier);
  return [...filters, ...(acl === undefined ? [] : [acl])].map(
    (filter) => new FilterTag(filter, tagColumn - inset),
  );
}

function gatewayServices({ endpoints }: Network, tier: Tier): string {
  return endpoints
    .filter((endpoint) => endpoint.tiers.includes(tier))
    .map(({ service }) => service)
    .join(', ');
}

/** Interface endpoints have their addresses in the app subnets. */
function stripOf({ endpoints }: Network, tier: Tier, columns: readonly Box[]): EndpointStrip | undefined {
  const services = endpoints.filter(({ type }) => type === 'Interface').map(({ service }) => service);
  const [first, last] = [columns[0], columns.at(-1)];
  if (tier !== 'app' || services.length === 0 || first === undefined || last === undefined) return undefined;
  return new EndpointStrip(services, first.x + 9, last.x + last.width - first.x - 18);
}
