/** A command of the AWS CLI, as a person copies it from a message. */
export type CommandLine = {
  readonly service: string;
  readonly operation: string;
  /** By their names without hyphens in front; an option without a value is true. */
  readonly parameters: Readonly<Record<string, string | true>>;
};

/** The command that a message ends with, or that stands before its next part. */
export function commandIn(message: string): CommandLine {
  const [, line = ''] = /\b(aws [^;]+)/.exec(message) ?? [];
  const [, service = '', operation = '', ...words] = line.trim().split(/\s+/);
  const parameters: Record<string, string | true> = {};
  for (const [index, word] of words.entries()) {
    const next = words[index + 1];
    if (word.startsWith('--'))
      parameters[word.slice(2)] = next === undefined || next.startsWith('--') ? true : next;
  }
  return { service, operation, parameters };
}
