import { styleText } from 'node:util';

const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const isTerminal = process.stdout.isTTY && process.env['NO_COLOR'] === undefined;

type Style = Parameters<typeof styleText>[0];

/** What the demo shows: lines that stay, and below them one that moves while something is under way. */
export class Screen {
  private waiting: string | undefined;
  private timer: NodeJS.Timeout | undefined;
  private frame = 0;

  line(text = '', style?: Style): void {
    this.clear();
    process.stdout.write(`${style === undefined ? text : paint(style, text)}\n`);
    this.draw();
  }

  /** Says what is waited for until {@link done}; a pipe gets it once, as a line. */
  wait(text: string): void {
    if (text === this.waiting) return;
    this.waiting = text;
    if (!isTerminal) process.stdout.write(`… ${text}\n`);
    else this.timer ??= setInterval(() => this.draw(), 80);
  }

  done(): void {
    this.clear();
    clearInterval(this.timer);
    this.timer = undefined;
    this.waiting = undefined;
  }

  private draw(): void {
    if (!isTerminal || this.waiting === undefined) return;
    this.frame += 1;
    const mark = paint('cyan', spinner[this.frame % spinner.length] ?? '');
    const room = Math.max(0, process.stdout.columns - 4);
    process.stdout.write(`\r\u001B[K${mark} ${this.waiting.slice(0, room)}`);
  }

  private clear(): void {
    if (isTerminal && this.waiting !== undefined) process.stdout.write('\r\u001B[K');
  }
}

function paint(style: Style, text: string): string {
  return isTerminal ? styleText(style, text, { validateStream: false }) : text;
}
