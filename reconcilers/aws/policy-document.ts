import { canonical } from './same.ts';

/** A policy as IAM, S3 and KMS take it: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
export type PolicyDocument = {
  readonly Version: '2012-10-17' | '2008-10-17';
  readonly Id?: string;
  readonly Statement: readonly PolicyStatement[];
};

export type PolicyStatement = {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: PolicyPrincipal;
  readonly NotPrincipal?: PolicyPrincipal;
  readonly Action?: OneOrMore;
  readonly NotAction?: OneOrMore;
  readonly Resource?: OneOrMore;
  readonly NotResource?: OneOrMore;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMore>>>>;
};

export type PolicyPrincipal = '*' | Readonly<Record<string, OneOrMore>>;

type OneOrMore = string | readonly string[];
