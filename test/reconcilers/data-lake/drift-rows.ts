import type { Clients } from '../../clients.ts';

/** Something that somebody else does to the resources of the lake. */
export type DriftRow = {
  /** As in `somebody <what>`. */
  readonly what: string;
  readonly change: (clients: Clients) => Promise<unknown>;
  /** The events that tell of it, `*` standing for anything. */
  readonly says: readonly string[];
  /** It cannot be made together with the other rows: they touch the same, or would hide it. */
  readonly alone?: true;
};

/** Whether each text is as its pattern says, in any order; what does not match is in the answer. */
export function unmatched(
  patterns: readonly string[],
  texts: readonly string[],
): { readonly missing: readonly string[]; readonly unexpected: readonly string[] } {
  const rest = [...texts];
  const missing = patterns.filter((pattern) => {
    const index = rest.findIndex((text) => expressionOf(pattern).test(text));
    if (index !== -1) rest.splice(index, 1);
    return index === -1;
  });
  return { missing, unexpected: rest };
}

function expressionOf(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[$()+.?[\\\]^{|}]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}
