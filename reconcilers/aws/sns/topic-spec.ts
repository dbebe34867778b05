import type { PolicyDocument } from '../policy-document.ts';

export type TopicSpec = {
  readonly name: string;
  /** The sender of mails and text messages; up to 100 characters, and none if empty. */
  readonly displayName: string;
  /**
   * A key of the customer, whose policy must let those that publish use it (`alarmsUseKey`); undefined keeps
   * messages as SNS does without a key. `alias/aws/sns` shuts out alarms, as nobody can change its policy:
   * https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns
   */
  readonly kmsKey: string | undefined;
  readonly policy: PolicyDocument;
};

export type TopicOutputs = {
  readonly arn: string;
};
