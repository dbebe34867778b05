export type Box = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

export type Point = readonly [x: number, y: number];

type Attributes = Readonly<Record<string, string | number | undefined>>;

export function rectangle({ x, y, width, height }: Box, attributes: Attributes): string {
  return element('rect', { x, y, width, height, ...attributes });
}

/** A line with an arrowhead at its end, and at its beginning too where it leads both ways. */
export function arrow(points: readonly Point[], colour: string, bothWays = false): string {
  const head = `url(#${headOf(colour)})`;
  return element('path', {
    d: points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join(' '),
    fill: 'none',
    stroke: colour,
    'stroke-width': 1.6,
    'stroke-linejoin': 'round',
    'marker-end': head,
    'marker-start': bothWays ? head : undefined,
  });
}

/** What arrows of these colours end with. A drawing defines it once. */
export function arrowheads(colours: readonly string[]): string {
  const shape = { viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 6, markerHeight: 6 };
  const heads = colours.map((colour) => {
    const tip = element('path', { d: 'M0 0 L8 4 L0 8 Z', fill: colour });
    return element('marker', { id: headOf(colour), ...shape, orient: 'auto-start-reverse' }, tip);
  });
  return element('defs', {}, ...heads);
}

function headOf(colour: string): string {
  return `arrowhead-${colour.slice(1)}`;
}

export function element(name: string, attributes: Attributes, ...content: readonly string[]): string {
  const shown = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escape(String(value))}"`)
    .join('');
  return content.length === 0 ? `<${name}${shown}/>` : `<${name}${shown}>${content.join('')}</${name}>`;
}

export function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
