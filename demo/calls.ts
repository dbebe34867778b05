const columns = 96;

/** Calls that come close together, put into one line for each operation: a network is made with more than a hundred. */
export class Calls {
  private readonly nodes = new Map<string, Map<string, number>>();
  private timer: NodeJS.Timeout | undefined;
  private readonly print: (line: string) => void;

  constructor(print: (line: string) => void) {
    this.print = print;
  }

  /** `operation` with its service, as in `ec2 CreateVpc`. */
  add(operation: string, node: string): void {
    const nodes = this.nodes.get(operation) ?? new Map<string, number>();
    this.nodes.set(operation, nodes.set(node, (nodes.get(node) ?? 0) + 1));
    this.timer ??= setTimeout(() => this.flush(), 500);
  }

  /** Says now what has been gathered. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const lines = [...this.nodes].map(([operation, nodes]) => lineOf(operation, nodes));
    this.nodes.clear();
    for (const line of lines) this.print(line);
  }
}

/** As many names as there is room for. */
function lineOf(operation: string, nodes: ReadonlyMap<string, number>): string {
  const names = [...nodes].map(([node, times]) => (times === 1 ? node : `${node} ×${times}`));
  let line = `  ${operation}  ${names[0] ?? ''}`;
  for (const [index, name] of names.entries()) {
    if (index === 0) continue;
    if (line.length + name.length > columns) return `${line} and ${names.length - index} more`;
    line += `, ${name}`;
  }
  return line;
}
