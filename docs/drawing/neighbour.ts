import { fitted, line, wrapped } from './lines.ts';
import type { Tier } from './network.ts';
import { style } from './style.ts';
import { arrow, rectangle, type Box } from './svg.ts';
import type { TierBand } from './tier-band.ts';

const chipHeight = 25;
const chipGap = 7;
const padding = 10;

/** What stands beside the tiers, and which of them have a route to it. */
export type Neighbour = {
  readonly title: string;
  readonly items: readonly string[];
  readonly tiers: readonly Tier[];
};

/** A box beside the bands, with an arrow from each of them that leads there. */
export function neighbour(
  { title, items, tiers }: Neighbour,
  bands: readonly TierBand[],
  frame: Pick<Box, 'x' | 'width'>,
): string {
  const reached = bands.filter((band) => tiers.includes(band.tier));
  const levels = levelsOf(reached);
  const [first, last] = [levels[0], levels.at(-1)];
  if (first === undefined || last === undefined) return '';
  const titles = wrapped(title, frame.width - padding);
  const content = titles.length * style.lineHeight + items.length * (chipHeight + chipGap) + 2 * padding - 4;
  const height = Math.max(content, last - first + 40);
  const box = { ...frame, y: (first + last - height) / 2, height };
  const middle = frame.x + frame.width / 2;
  const top = box.y + (height - content) / 2 + padding;
  return [
    rectangle(box, { rx: 6, fill: style.paper, stroke: style.ink, 'stroke-dasharray': '4 3' }),
    ...titles.map((text, index) =>
      line(middle, top + 10 + index * style.lineHeight, text, { bold: true, anchor: 'middle' }),
    ),
    ...items.flatMap((item, index) => {
      const y = top + titles.length * style.lineHeight + 4 + index * (chipHeight + chipGap);
      const chip = { x: frame.x + padding, y, width: frame.width - 2 * padding, height: chipHeight };
      return [
        rectangle(chip, { rx: 4, fill: style.ground, stroke: style.line }),
        line(middle, y + 17, fitted(item, chip.width - 10), { anchor: 'middle' }),
      ];
    }),
    ...reached.map(({ box: band }, index) => {
      const y = levels[index] ?? first;
      return arrow(
        [
          [band.x + band.width, y],
          [frame.x, y],
        ],
        style.ink,
      );
    }),
  ].join('\n');
}

/** Where the arrows leave: from two bands as near to each other as they are, from one in its middle. */
function levelsOf(bands: readonly TierBand[]): readonly number[] {
  return bands.map(({ box }, index) => {
    if (bands.length === 1) return box.y + box.height / 2;
    return index === 0 ? box.y + box.height - 32 : box.y + 32;
  });
}
