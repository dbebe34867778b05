import { line, widthOf } from './lines.ts';
import { colourOfGroup, style } from './style.ts';
import { rectangle } from './svg.ts';

const chipHeight = 22;
const gap = 6;
const padding = 10;
const titleHeight = 26;

type Chip = { readonly service: string; readonly x: number; readonly y: number; readonly width: number };

/** A box across the zones with a chip for each service; it is as high as it needs to be. */
export class EndpointStrip {
  readonly height: number;
  private readonly x: number;
  private readonly width: number;
  private readonly chips: readonly Chip[];

  constructor(services: readonly string[], x: number, width: number) {
    this.x = x;
    this.width = width;
    this.chips = arranged(services, width);
    this.height = (this.chips.at(-1)?.y ?? 0) + chipHeight + padding;
  }

  draw(y: number): string {
    const colour = colourOfGroup('sg-endpoints') ?? style.ink;
    const frame = { x: this.x, y, width: this.width, height: this.height };
    const title = 'Interface endpoints, with an address in each app subnet';
    return [
      rectangle(frame, { rx: 5, fill: style.paper, stroke: colour, 'stroke-dasharray': '4 3' }),
      line(this.x + padding, y + 17, title, { colour: style.muted }),
      ...this.chips.flatMap((chip) => {
        const box = { x: this.x + chip.x, y: y + chip.y, width: chip.width, height: chipHeight };
        return [
          rectangle(box, { rx: 4, fill: style.warm, stroke: colour }),
          line(box.x + chip.width / 2, box.y + 15, chip.service, { anchor: 'middle' }),
        ];
      }),
    ].join('\n');
  }
}

/** Side by side, and in another row where there is no room. */
function arranged(services: readonly string[], room: number): readonly Chip[] {
  let x = padding;
  let y = titleHeight;
  return services.map((service) => {
    const width = widthOf(service) + 14;
    if (x + width > room - padding && x > padding) {
      x = padding;
      y += chipHeight + gap;
    }
    const chip = { service, x, y, width };
    x += width + gap;
    return chip;
  });
}
