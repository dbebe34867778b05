import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { PlanReport, StepReport } from '../../../controller/cli/plan-report.ts';
import { planMarkdown, planText } from '../../../controller/cli/render-plan.ts';

const step: StepReport = {
  action: 'none',
  node: 'data',
  type: 's3/bucket',
  id: 'lake',
  changes: [],
  interruption: 'none',
};
const change = {
  field: 'versioning',
  from: 'Suspended',
  to: 'Enabled',
  severity: 'security',
  ignored: false,
} as const;

const reports: readonly PlanReport[] = [
  {
    object: 'DataLake/production/lake',
    cause: 'change',
    hash: '0123456789ab',
    steps: [
      {
        action: 'create',
        node: 'key',
        type: 'kms/key',
        settings: { alias: 'alias/lake', tags: [], description: undefined },
        changes: [],
        interruption: 'none',
      },
      {
        ...step,
        action: 'update',
        changes: [
          change,
          { ...change, field: 'tags.Team', ignored: true },
          { ...change, field: 'running', expected: true },
        ],
        interruption: 'failover',
      },
      {
        ...step,
        node: 'old',
        action: 'replace',
        because: 'zone cannot be changed',
        refusal: 'its data would be lost',
        interruption: 'data loss',
      },
      { ...step, node: 'logs', action: 'delete' },
      { ...step, node: 'replica', action: 'retain' },
      { ...step, node: 'role', action: 'wait', because: 'is being created' },
      step,
    ],
  },
  { object: 'DataLake/production/idle', cause: 'change', steps: [step] },
  {
    object: 'DataLake/production/moved',
    cause: 'drift',
    steps: [step, { ...step, action: 'update', changes: [change] }],
  },
  { object: 'DataLake/production/lost', cause: 'change', steps: [], error: 'the network is down' },
];

const text = `DataLake/production/lake: 6 of 7 resources
  + kms/key key
      alias: alias/lake
  ~ s3/bucket data (lake) interrupts: failover
      versioning: Suspended → Enabled (security)
      tags.Team: Suspended → Enabled (ignored)
      running: Suspended → Enabled (expected)
  ± s3/bucket old (lake): zone cannot be changed; interrupts: data loss
      refused: its data would be lost
  - s3/bucket logs (lake)
  ○ s3/bucket replica (lake)
  … s3/bucket role (lake): is being created
  to let the refused steps through: fintech.global/approve: "0123456789ab"

DataLake/production/idle: nothing to do (1 resources)

DataLake/production/moved: 1 of 2 resources have drifted
  ~ s3/bucket data (lake)
      versioning: Suspended → Enabled (security)

DataLake/production/lost: no plan
  the network is down

Plan: 1 to create, 2 to change, 1 to replace, 1 to delete, 1 to retain; 1 refused until approved; 1 object could not be planned`;

describe('A plan', () => {
  it('is a text with a line for each step and each setting', () => {
    expect(planText(reports, false)).toBe(text);
  });

  it('has colours on a terminal, and says the same there', () => {
    const coloured = planText(reports, true);
    expect(coloured).toContain('\u001B[32m  + kms/key key\u001B[39m');
    expect(coloured).toContain('\u001B[31m      refused: its data would be lost\u001B[39m');
    expect(stripVTControlCharacters(coloured)).toBe(text);
  });

  it('is a diff for a pull request, whose signs give it colours there', () => {
    const lines = planMarkdown(reports).split('\n');
    expect(lines.slice(0, 7)).toEqual([
      '### DataLake/production/lake: 6 of 7 resources',
      '',
      '```diff',
      '+ kms/key key',
      '    alias: alias/lake',
      '! s3/bucket data (lake) interrupts: failover',
      '    versioning: Suspended → Enabled (security)',
    ]);
    expect(lines.filter((line) => line.startsWith('```'))).toHaveLength(8);
    expect(lines.at(-1)).toMatch(/^\*\*Plan: 1 to create, .*\*\*$/);
  });
});
