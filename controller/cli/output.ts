/** Where a command writes; tests give their own. */
export type Output = {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** A person is looking: colours and a table that redraws itself. */
  readonly isTerminal: boolean;
  /** Characters in a line of the terminal. */
  readonly columns: number;
};

export const processOutput: Output = {
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
  isTerminal: process.stdout.isTTY && process.env['NO_COLOR'] === undefined,
  columns: process.stdout.columns,
};

/** Exit codes of the commands; `differences` only for plan. */
export const exitCodes = { ok: 0, failed: 1, differences: 2 } as const;
