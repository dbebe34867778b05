import { isFields, type Fields } from '../../../controller/engine/resource-type.ts';
import { canonical } from '../same.ts';

/** As ECR takes it: https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html */
export type LifecyclePolicy = { readonly rules: readonly Fields[] };

/** Keeps so many images that have a tag, the newest, and those without one for so many days. */
export function keepImages(tagged: number, untaggedDays: number): LifecyclePolicy {
  return {
    rules: [
      {
        rulePriority: 1,
        description: `Images without a tag go after ${untaggedDays} days`,
        selection: {
          tagStatus: 'untagged',
          countType: 'sinceImagePushed',
          countUnit: 'days',
          countNumber: untaggedDays,
        },
        action: { type: 'expire' },
      },
      {
        rulePriority: 2,
        description: `The last ${tagged} images with a tag stay`,
        // `any` in place of `tagged` would count images without a tag among those that stay.
        selection: {
          tagStatus: 'tagged',
          tagPatternList: ['*'],
          countType: 'imageCountMoreThan',
          countNumber: tagged,
        },
        action: { type: 'expire' },
      },
    ],
  };
}

/** Rules are told apart by their priorities, and what they select by is a set. */
export function sameLifecycle(
  wanted: LifecyclePolicy | undefined,
  actual: LifecyclePolicy | undefined,
): boolean {
  if (wanted === undefined || actual === undefined) return wanted === actual;
  return normal(wanted) === normal(actual);
}

/** A policy as ECR returns it. */
export function parseLifecycle(text: string | undefined): LifecyclePolicy | undefined {
  if (text === undefined || text === '') return undefined;
  const parsed: unknown = JSON.parse(text);
  const rules: unknown = isFields(parsed) ? parsed['rules'] : undefined;
  if (!isListOfFields(rules))
    throw new Error(`ECR returned a lifecycle policy that is none: ${text.slice(0, 100)}`);
  return { rules };
}

function isListOfFields(value: unknown): value is readonly Fields[] {
  return Array.isArray(value) && value.every(isFields);
}

function normal({ rules }: LifecyclePolicy): string {
  return canonical(rules.map((rule) => canonical(sortLists(rule))).sort());
}

function sortLists(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(String).sort();
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, sortLists(part)]));
}
