import { styleText } from 'node:util';
import { conditionOf, isTrue } from '../conditions.ts';
import type { Watcher } from '../daemon.ts';
import { describeDrift, type Drift } from '../drift.ts';
import { keyOf, type ObjectRecord } from '../object.ts';
import type { Objects } from '../objects.ts';
import type { Output } from './output.ts';

const framesPerSecond = 10;
const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** Shows how objects become Ready: a table that redraws itself for a person, lines for a pipe. */
export class Progress implements Watcher {
  private readonly objects: Objects;
  private readonly output: Output;
  private readonly lastLine = new Map<string, string>();
  private readonly startedAt = Date.now();
  private timer: NodeJS.Timeout | undefined;
  private drawn = 0;
  private frame = 0;

  constructor(objects: Objects, output: Output) {
    this.objects = objects;
    this.output = output;
  }

  start(): void {
    if (!this.output.isTerminal) return;
    this.timer = setInterval(() => this.draw(), 1000 / framesPerSecond);
  }

  /** Leaves the last state of the table standing. */
  stop(): void {
    if (this.timer === undefined) return;
    clearInterval(this.timer);
    this.timer = undefined;
    this.draw();
    this.drawn = 0;
  }

  /** A line that stays, above the table. */
  note(text: string): void {
    this.erase();
    this.output.out(text);
    if (this.timer !== undefined) this.draw();
  }

  drifted(record: ObjectRecord, drift: readonly Drift[]): void {
    for (const entry of drift)
      this.note(this.paint('yellow', `  drift: ${keyOf(record)} ${describeDrift(entry)}`));
  }

  reconciled(
    key: string,
    verdict: Parameters<NonNullable<Watcher['reconciled']>>[1],
    record: ObjectRecord | undefined,
  ): void {
    for (const drift of verdict.corrected) {
      const field = drift.field === '' ? '' : `.${drift.field}`;
      this.note(this.paint('green', `  corrected: ${key} ${drift.type} ${drift.node}${field}`));
    }
    if (this.timer === undefined) this.line(key, record);
  }

  private line(key: string, record: ObjectRecord | undefined): void {
    const [state, message] = record === undefined ? ['Gone', ''] : stateOf(record);
    const line = `${key.padEnd(34)} ${state.padEnd(16)} ${message}`.trimEnd();
    if (this.lastLine.get(key) === line) return;
    this.lastLine.set(key, line);
    const seconds = ((Date.now() - this.startedAt) / 1000).toFixed(1).padStart(6);
    this.output.out(`${seconds}s  ${line}`);
  }

  private draw(): void {
    this.erase();
    this.frame += 1;
    const records = [...this.objects.all.values()];
    const width = Math.max(0, ...records.map((record) => keyOf(record).length));
    const lines = records.map((record) => this.row(record, width));
    for (const line of lines) this.output.out(line);
    this.drawn = lines.length;
  }

  private row(record: ObjectRecord, width: number): string {
    const [state, message] = stateOf(record);
    const [mark, colour] = this.markOf(record);
    const text = `${keyOf(record).padEnd(width)}  ${state.padEnd(16)} `;
    const room = Math.max(0, this.output.columns - text.length - 4);
    return `${this.paint(colour, mark)} ${text}${message.slice(0, room)}`;
  }

  private markOf({ status }: ObjectRecord): readonly [string, 'green' | 'red' | 'cyan'] {
    if (isTrue(status.conditions, 'Ready')) return ['✔', 'green'];
    if (isTrue(status.conditions, 'Stalled')) return ['✖', 'red'];
    return [spinner[this.frame % spinner.length] ?? '', 'cyan'];
  }

  /** Takes the table back so that it can be drawn anew in the same place. */
  private erase(): void {
    if (this.drawn > 0) process.stdout.write(`\u001B[${this.drawn}A\u001B[0J`);
    this.drawn = 0;
  }

  private paint(colour: 'green' | 'red' | 'cyan' | 'yellow', text: string): string {
    return this.output.isTerminal ? styleText(colour, text, { validateStream: false }) : text;
  }
}

function stateOf({ status }: ObjectRecord): readonly [state: string, message: string] {
  const condition = conditionOf(status.conditions, 'Ready');
  if (condition === undefined) return ['Pending', ''];
  return [condition.status === 'True' ? 'Ready' : condition.reason, condition.message];
}
