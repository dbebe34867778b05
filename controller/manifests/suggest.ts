/**
 * The candidate that the text was probably meant to be, if one is near enough. A difference in case only is always
 * near; otherwise a third of the letters may differ, and the closest wins.
 */
export function suggest(text: string, candidates: Iterable<string>): string | undefined {
  const wanted = text.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.floor(Math.max(wanted.length, 3) / 3) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, candidate.toLowerCase(), bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** As suggest, and failing that the only candidate that the text begins with, or that begins with the text. */
export function suggestOrComplete(text: string, candidates: Iterable<string>): string | undefined {
  const all = [...candidates];
  const near = suggest(text, all);
  if (near !== undefined || text.length < 3) return near;
  const wanted = text.toLowerCase();
  const alike = all.filter((candidate) => {
    const other = candidate.toLowerCase();
    return other.startsWith(wanted) || wanted.startsWith(other);
  });
  return alike.length === 1 ? alike[0] : undefined;
}

/** `; did you mean X?`, or nothing. */
export function didYouMean(suggestion: string | undefined): string {
  return suggestion === undefined ? '' : `; did you mean ${suggestion}?`;
}

/**
 * Insertions, deletions, substitutions and swaps of neighbours that turn one text into the other. Lengths that differ
 * by the limit or more are not computed.
 */
function editDistance(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) >= limit) return limit;
  let beforePrevious: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current[column] = Math.min(
        at(previous, column) + 1,
        at(current, column - 1) + 1,
        at(previous, column - 1) + (same ? 0 : 1),
        swapped ? at(beforePrevious, column - 2) + 1 : Infinity,
      );
    }
    beforePrevious = previous;
    previous = current;
  }
  return at(previous, to.length);
}

function at(numbers: readonly number[], index: number): number {
  return numbers[index] ?? Infinity;
}
