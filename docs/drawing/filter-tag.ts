import { line, wrapped } from './lines.ts';
import type { Filter } from './network.ts';
import type { Passage } from './rules.ts';
import { style } from './style.ts';
import { rectangle } from './svg.ts';

const label = 26;
const padding = 9;

/** A tag that says what a security group or a network ACL lets through; it is as high as it needs to be. */
export class FilterTag {
  readonly node: string;
  readonly height: number;
  private readonly width: number;
  private readonly rows: readonly (readonly [label: string, text: string])[];

  constructor(filter: Filter, width: number) {
    this.node = filter.node;
    this.width = width;
    this.rows = [...this.rowsOf('in', filter.ingress), ...this.rowsOf('out', filter.egress)];
    this.height = (this.rows.length + 1) * style.lineHeight + 7;
  }

  draw(x: number, y: number, colour: string): string {
    const box = { x, y, width: this.width, height: this.height };
    return [
      rectangle(box, { rx: 4, fill: style.paper, stroke: colour, 'stroke-opacity': 0.45 }),
      rectangle({ ...box, width: 4 }, { rx: 2, fill: colour }),
      line(x + padding + 2, y + 14, this.node, { bold: true, colour }),
      ...this.rows.flatMap(([direction, text], index) => {
        const baseline = y + 14 + (index + 1) * style.lineHeight;
        return [
          line(x + padding + 2, baseline, direction, { colour: style.muted }),
          line(x + padding + 2 + label, baseline, text),
        ];
      }),
    ].join('\n');
  }

  private rowsOf(direction: string, passages: readonly Passage[]): readonly (readonly [string, string])[] {
    const texts = passages.map(({ ports, preposition, peers }) =>
      [ports.join(', '), preposition, peers.join(', ')].join(' '),
    );
    const room = this.width - 2 * padding - label;
    const lines = (texts.length === 0 ? ['nothing'] : texts).flatMap((text) => wrapped(text, room));
    return lines.map((text, index) => [index === 0 ? direction : '', text]);
  }
}
