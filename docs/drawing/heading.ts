import { line } from './lines.ts';
import type { Network } from './network.ts';
import { style } from './style.ts';
import { arrow } from './svg.ts';

/** What is drawn, and what the arrows mean. */
export function heading({ name }: Network, left: number, right: number): readonly string[] {
  const routes = [
    [style.internet, 'default route'],
    [style.ink, 'route to AWS services'],
  ] as const;
  return [
    line(left, 42, name, { size: style.title, bold: true }),
    line(left, 62, 'drawn from its plan', { colour: style.muted }),
    ...routes.flatMap(([colour, text], index) => {
      const y = 38 + index * 20;
      const x = right - 160;
      return [
        arrow(
          [
            [x, y],
            [x + 34, y],
          ],
          colour,
        ),
        line(x + 44, y + 4, text, { colour: style.muted }),
      ];
    }),
  ];
}
