import { element, escape } from './svg.ts';
import { colourOfGroup, style } from './style.ts';

export type TextOptions = {
  readonly size?: number;
  readonly colour?: string;
  readonly bold?: boolean;
  readonly anchor?: 'start' | 'middle' | 'end';
};

/** One line of text, in which security groups have their colours. */
export function line(x: number, y: number, text: string, options: TextOptions = {}): string {
  const { size = style.text, colour = style.ink, bold = false, anchor = 'start' } = options;
  const attributes = {
    x,
    y,
    'font-size': size,
    fill: colour,
    'font-weight': bold ? 'bold' : undefined,
    'text-anchor': anchor === 'start' ? undefined : anchor,
  };
  return element('text', attributes, text.split(' ').map(coloured).join(' '));
}

function coloured(word: string): string {
  const [, name = word, rest = ''] = /^(.*?)(,?)$/.exec(word) ?? [];
  const fill = colourOfGroup(name);
  if (fill === undefined) return escape(word);
  return element('tspan', { fill, 'font-weight': 'bold' }, escape(name)) + rest;
}

/** Text cut into lines between its words, so that none is wider than it may be. */
export function wrapped(text: string, width: number, size: number = style.text): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && widthOf(longer, size) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** As much of a text as there is room for. */
export function fitted(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let length = text.length - 1;
  while (length > 1 && widthOf(`${text.slice(0, length)}…`) > width) length -= 1;
  return `${text.slice(0, length)}…`;
}

/** How wide a text may become at most: the reader's font is not known, so a wide one is assumed. */
export function widthOf(text: string, size: number = style.text): number {
  const narrow = text.match(/[ilj.,:;|'()-]/g)?.length ?? 0;
  const wide = text.match(/[A-Zmw–→]/g)?.length ?? 0;
  return (narrow * 0.36 + wide * 0.76 + (text.length - narrow - wide) * 0.58) * size;
}
