import { line, widthOf, wrapped } from './lines.ts';
import type { NatGateway, Subnet } from './network.ts';
import { style, tierStyle } from './style.ts';
import { rectangle, type Box, type Point } from './svg.ts';

const natHeight = 40;
const laneInset = 24;
/** Left and right of text. */
const subnetPadding = 10;

/** A subnet, with its NAT gateway if it has one, and the points at which routes come and go. */
export class SubnetBox {
  readonly subnet: Subnet;
  readonly nat: NatGateway | undefined;
  readonly box: Box;
  private readonly routes: readonly string[];

  constructor(subnet: Subnet, nat: NatGateway | undefined, routes: readonly string[], box: Box) {
    this.routes = routes;
    this.subnet = subnet;
    this.nat = nat;
    this.box = box;
  }

  /** What it needs at least, with this many lines for its routes. */
  static heightOf(hasNat: boolean, lines: number): number {
    return 68 + lines * style.lineHeight + (hasNat ? natHeight + 10 : 0);
  }

  /** A line for its route table and for each of the routes, or two where it is narrow. */
  static routeLines(
    { routes, table }: Subnet,
    services: string,
    width: number,
    nat: NatGateway | undefined,
  ): readonly string[] {
    // The route of a NAT gateway passes at the right of them.
    const room = width - 2 * subnetPadding - (nat === undefined ? 0 : laneInset);
    const ways = routes.map(([destination, target]) => `${destination} →\u00A0${target}`);
    const all = [...ways, ...(services === '' ? [] : [`${services} →\u00A0gateway\u00A0endpoints`])];
    return [table, ...all].flatMap((text) => wrapped(text, room));
  }

  /** Where what leaves the subnet upwards begins: its NAT gateway, if it has one. */
  get exit(): Point {
    return [this.lane, this.nat === undefined ? this.box.y : this.natBox.y];
  }

  /** Where what wants to the NAT gateway arrives. */
  get entry(): Point {
    return [this.lane, this.natBox.y + natHeight];
  }

  draw(): string {
    const { subnet, box } = this;
    const { ink } = tierStyle[subnet.tier];
    return [
      rectangle(box, { rx: 5, fill: style.paper, stroke: ink, 'stroke-width': 1.2 }),
      line(box.x + subnetPadding, box.y + 19, subnet.node, { bold: true, colour: ink }),
      line(box.x + subnetPadding, box.y + 35, subnet.cidr),
      ...this.routes.map((text, index) =>
        line(box.x + subnetPadding, box.y + 58 + index * style.lineHeight, text, {
          colour: style.muted,
          bold: index === 0,
        }),
      ),
      ...(this.nat === undefined ? [] : [this.drawNat(this.nat)]),
    ].join('\n');
  }

  private drawNat({ node, address }: NatGateway): string {
    const box = this.natBox;
    const own = `elastic IP ${address}`;
    const note = widthOf(own, style.small) > box.width - 18 ? 'with an elastic IP' : own;
    return [
      rectangle(box, { rx: 5, fill: style.warm, stroke: style.internet }),
      line(box.x + 9, box.y + 16, node, { bold: true, colour: style.internet }),
      line(box.x + 9, box.y + 32, note, { size: style.small, colour: style.muted }),
    ].join('\n');
  }

  private get natBox(): Box {
    const { x, y, width, height } = this.box;
    return { x: x + 8, y: y + height - natHeight - 8, width: width - 16, height: natHeight };
  }

  private get lane(): number {
    return this.box.x + this.box.width - laneInset;
  }
}
