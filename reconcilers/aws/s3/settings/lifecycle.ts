import {
  DeleteBucketLifecycleCommand,
  GetBucketLifecycleConfigurationCommand,
  PutBucketLifecycleConfigurationCommand,
  type TransitionDefaultMinimumObjectSize,
} from '@aws-sdk/client-s3';
import { same } from '../../../../controller/engine/compare.ts';
import { canonical, sameUnordered } from '../../same.ts';
import { orWhenAbsent, type BucketSetting } from '../setting.ts';
import { fromSdkRule, toSdkRule, type LifecycleRule } from './lifecycle-rule.ts';

export type Lifecycle = {
  readonly rules: readonly LifecycleRule[];
  /** Whether objects under 128 KiB, for which a transition costs more than it saves, are moved too. */
  readonly transitionDefaultMinimumObjectSize: TransitionDefaultMinimumObjectSize;
};

const none: Lifecycle = { rules: [], transitionDefaultMinimumObjectSize: 'all_storage_classes_128K' };

export const lifecycle: BucketSetting<Lifecycle> = {
  severity: 'cost',
  whenNew: none,

  equals(wanted, actual) {
    // Without rules there is nothing in S3 that could hold the size.
    if (wanted.rules.length === 0 && actual.rules.length === 0) return true;
    return (
      sameUnordered(wanted.rules.map(normal), actual.rules.map(normal)) &&
      same(wanted.transitionDefaultMinimumObjectSize, actual.transitionDefaultMinimumObjectSize)
    );
  },

  async read({ s3, request }) {
    const found = await orWhenAbsent(s3.send(new GetBucketLifecycleConfigurationCommand(request)), undefined);
    if (found === undefined) return none;
    return {
      rules: (found.Rules ?? []).map(fromSdkRule),
      transitionDefaultMinimumObjectSize:
        found.TransitionDefaultMinimumObjectSize ?? none.transitionDefaultMinimumObjectSize,
    };
  },

  async write({ s3, request }, value) {
    if (value.rules.length === 0) {
      await s3.send(new DeleteBucketLifecycleCommand(request));
      return;
    }
    await s3.send(
      new PutBucketLifecycleConfigurationCommand({
        ...request,
        TransitionDefaultMinimumObjectSize: value.transitionDefaultMinimumObjectSize,
        LifecycleConfiguration: { Rules: value.rules.map(toSdkRule) },
      }),
    );
  },
};

/** S3 keeps no order among the transitions of a rule. */
function normal(rule: LifecycleRule): LifecycleRule {
  const { filter = {}, transitions = [], noncurrentVersionTransitions = [] } = rule;
  return {
    ...rule,
    filter,
    transitions: transitions.toSorted(inOrder),
    noncurrentVersionTransitions: noncurrentVersionTransitions.toSorted(inOrder),
  };
}

function inOrder(one: object, other: object): number {
  return canonical(one) < canonical(other) ? -1 : 1;
}
