import { line, widthOf } from './lines.ts';
import type { FlowLog } from './network.ts';
import { style } from './style.ts';
import { arrow, rectangle } from './svg.ts';

export const flowLogHeight = 44;

/** From the VPC down into a flow log, and from there into what keeps it. */
export function flowLogRow(log: FlowLog, x: number, y: number): string {
  const from = [log.node, `${log.traffic} traffic, every ${log.interval} s`];
  const to = [log.destination, log.details.join(', ')];
  const left = { x, y, width: boxWidth(from), height: flowLogHeight };
  const right = { ...left, x: x + left.width + 56, width: boxWidth(to) };
  const middle = y + flowLogHeight / 2;
  return [
    arrow(
      [
        [x + 40, y - 24],
        [x + 40, y],
      ],
      style.line,
    ),
    ...[[left, from] as const, [right, to] as const].flatMap(([box, [title = '', note = '']]) => [
      rectangle(box, { rx: 5, fill: style.paper, stroke: style.line }),
      line(box.x + 12, y + 18, title, { bold: true }),
      line(box.x + 12, y + 34, note, { colour: style.muted }),
    ]),
    arrow(
      [
        [left.x + left.width, middle],
        [right.x, middle],
      ],
      style.line,
    ),
  ].join('\n');
}

function boxWidth(texts: readonly string[]): number {
  return Math.max(...texts.map((text) => widthOf(text))) + 34;
}
