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
