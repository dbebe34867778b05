import type { Fields } from '../../../controller/engine/resource-type.ts';

/** What a widget shows; where it is, its row decides. */
export type Content = { readonly type: string; readonly properties: Fields };

/** Widgets beside each other, of the same size. */
export type Row = { readonly height: number; readonly contents: readonly Content[] };

type Widget = Content & {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
const columns = 24;

/** Rows one below the other, each as wide as the dashboard. */
export function arrange(rows: readonly Row[]): readonly Widget[] {
  let y = 0;
  return rows.flatMap(({ height, contents }) => {
    const width = Math.floor(columns / contents.length);
    const top = y;
    y += height;
    return contents.map((content, index) => ({ ...content, x: index * width, y: top, width, height }));
  });
}
