import type { Tier } from './network.ts';

/** Sizes and colours of everything, so that the parts of the drawing look alike. */
export const style = {
  fonts: 'Helvetica, Arial, Liberation Sans, DejaVu Sans, sans-serif',
  title: 18,
  heading: 13,
  text: 11.5,
  small: 10.5,
  lineHeight: 15,
  ink: '#1f2933',
  muted: '#616e7c',
  line: '#7b8794',
  faint: '#cbd2d9',
  paper: '#ffffff',
  ground: '#f5f7fa',
  internet: '#b45309',
  warm: '#fff7ed',
} as const;

export const tierStyle: Readonly<
  Record<Tier, { readonly title: string; readonly ink: string; readonly tint: string }>
> = {
  public: { title: 'Public', ink: '#2f7d4f', tint: '#edf7f0' },
  app: { title: 'App', ink: '#2563a8', tint: '#ebf3fb' },
  data: { title: 'Data', ink: '#6d4aa5', tint: '#f3eefb' },
};

const groupColours: Readonly<Record<string, string>> = {
  'sg-load-balancer': '#0f766e',
  'sg-app': '#1d4ed8',
  'sg-endpoints': '#b45309',
  'sg-database': '#7e22ce',
  'sg-cache': '#be185d',
};

/** A security group has its colour wherever it is named. */
export function colourOfGroup(node: string): string | undefined {
  return groupColours[node];
}
