import { styleText } from 'node:util';
import { shown } from '../drift.ts';
import type { PlanReport, StepReport } from './plan-report.ts';

type Style = Parameters<typeof styleText>[0];

const signs: Readonly<Record<StepReport['action'], readonly [sign: string, style: Style]>> = {
  create: ['+', 'green'],
  update: ['~', 'yellow'],
  replace: ['±', 'red'],
  delete: ['-', 'red'],
  retain: ['○', 'cyan'],
  wait: ['…', 'dim'],
  none: ['=', 'dim'],
};

/** A plan for a terminal or a log: one line per resource, one per setting. */
export function planText(reports: readonly PlanReport[], colours: boolean): string {
  const paint = (style: Style, text: string): string =>
    colours ? styleText(style, text, { validateStream: false }) : text;
  const lines = reports.flatMap((report) => [paint('bold', titleOf(report)), ...bodyOf(report, paint), '']);
  return [...lines, summaryOf(reports)].join('\n');
}

/** A plan for a pull request. */
export function planMarkdown(reports: readonly PlanReport[]): string {
  const parts = reports.map((report) => {
    const body = bodyOf(report, (_style, text) => text);
    return `### ${titleOf(report)}\n\n\`\`\`diff\n${body.map(unindented).join('\n')}\n\`\`\`\n`;
  });
  return [...parts, `**${summaryOf(reports)}**`].join('\n');
}

export function summaryOf(reports: readonly PlanReport[]): string {
  const steps = reports.flatMap((report) => report.steps);
  const count = (...actions: StepReport['action'][]): number =>
    steps.filter(({ action }) => actions.includes(action)).length;
  const refused = steps.filter((step) => step.refusal !== undefined).length;
  const failed = reports.filter((report) => report.error !== undefined).length;
  return [
    `Plan: ${count('create')} to create, ${count('update')} to change, ${count('replace')} to replace, ` +
      `${count('delete')} to delete, ${count('retain')} to retain`,
    ...(refused > 0 ? [`${refused} refused until approved`] : []),
    ...(failed > 0 ? [`${failed} object${failed === 1 ? '' : 's'} could not be planned`] : []),
  ].join('; ');
}

function titleOf({ object, steps, cause, error }: PlanReport): string {
  if (error !== undefined) return `${object}: no plan`;
  const acting = steps.filter((step) => step.action !== 'none').length;
  if (acting === 0) return `${object}: nothing to do (${steps.length} resources)`;
  return `${object}: ${acting} of ${steps.length} resources${cause === 'drift' ? ' have drifted' : ''}`;
}

function bodyOf(report: PlanReport, paint: (style: Style, text: string) => string): readonly string[] {
  if (report.error !== undefined) return [paint('red', `  ${report.error}`)];
  const acting = report.steps.filter((step) => step.action !== 'none' || step.changes.length > 0);
  const approval =
    report.hash === undefined
      ? []
      : [paint('red', `  to let the refused steps through: fintech.global/approve: "${report.hash}"`)];
  return [...acting.flatMap((step) => stepLines(step, paint)), ...approval];
}

function stepLines(step: StepReport, paint: (style: Style, text: string) => string): readonly string[] {
  const [sign, style] = signs[step.action];
  const id = step.id === undefined ? '' : ` (${step.id})`;
  const because = step.because === undefined ? '' : `: ${step.because}`;
  const interrupts =
    step.interruption === 'none' ? '' : `${because === '' ? '' : ';'} interrupts: ${step.interruption}`;
  const settings = Object.entries(step.settings ?? {}).filter(([, value]) => !isEmpty(value));
  return [
    paint(style, `  ${sign} ${step.type} ${step.node}${id}${because}${interrupts}`),
    ...(step.refusal === undefined ? [] : [paint('red', `      refused: ${step.refusal}`)]),
    ...settings.map(([field, value]) => `      ${field}: ${shown(value)}`),
    ...step.changes.map(({ field, from, to, severity, ignored, expected }) => {
      const note = ignored ? 'ignored' : expected === true ? 'expected' : severity;
      return `      ${field}: ${shown(from)} → ${shown(to)} (${note})`;
    }),
  ];
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}

/** In a diff block the sign in the first column gives the colour. */
function unindented(line: string): string {
  return line.startsWith('  ~') ? `!${line.slice(3)}` : line.replace(/^ {2}/, '');
}
