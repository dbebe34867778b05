import { describe, expect, it, test } from 'vitest';
import { environment, problemsOf, setOf } from './samples.ts';

function problemsWith(before: string, after: string): readonly string[] {
  expect(environment).toContain(before);
  return problemsOf(setOf({ 'e.yaml': environment.replace(before, after) })).map((problem) =>
    problem.replace('Environment/production: ', ''),
  );
}

describe('an Environment', () => {
  test.each([
    [
      'an account id without quotes keeps its leading zero in the suggestion',
      '"123456789012"',
      '012345678901',
      'e.yaml:5:20: spec.aws.accountId: expected an AWS account id, twelve digits in quotes, found the number 12345678901; put it in quotes: "012345678901"',
    ],
    [
      'a number that would not do in quotes either is not suggested',
      'CC-12345',
      '12345',
      'e.yaml:6:71: spec.tags.CostCenter: expected a cost center, CC- and digits, like CC-12345, found the number 12345',
    ],
    [
      'a role of another account',
      'region: us-east-1',
      'region: us-east-1, assumeRole: {roleArn: "arn:aws:iam::210987654321:role/controller"}',
      'e.yaml:5:77: spec.aws.assumeRole.roleArn: the role is in account 210987654321, but spec.aws.accountId is 123456789012',
    ],
    [
      'a mandatory tag that is missing',
      'Owner: platform, ',
      '',
      'e.yaml:6:3: spec.tags.Owner: required field is missing',
    ],
    [
      'a mandatory tag that is misspelt',
      'Owner: platform',
      'owner: platform',
      'e.yaml:6:3: spec.tags.Owner: required field is missing; is it meant by owner?',
    ],
    [
      'a tag that is a boolean',
      'Owner: platform',
      'Owner: platform, AutoShutdown: true',
      'e.yaml:6:112: spec.tags.AutoShutdown: expected one of true, false, found the boolean true; put it in quotes: "true"',
    ],
    [
      'a tag with a default that is misspelt',
      'Owner: platform',
      'Owner: platform, BackupPolcy: None',
      'e.yaml:6:98: spec.tags.BackupPolcy: unknown tag, too like one of the known ones; did you mean BackupPolicy?',
    ],
    [
      'a further tag that is a number',
      'Owner: platform',
      'Owner: platform, Team: 5',
      'e.yaml:6:104: spec.tags.Team: expected text, found the number 5; put it in quotes',
    ],
    [
      'a further tag with a character that AWS refuses',
      'Owner: platform',
      'Owner: platform, Team: "a;b"',
      'e.yaml:6:104: spec.tags.Team: expected a tag value of at most 256 letters, digits, spaces and _ . : / = + - @, found the text "a;b"',
    ],
    [
      'a further tag with a key that AWS refuses',
      'Owner: platform',
      'Owner: platform, "a;b": c',
      'e.yaml:6:98: spec.tags["a;b"]: expected a tag key of 1 to 128 letters, digits, spaces and _ . : / = + - @',
    ],
    [
      'a tag that the controller writes',
      'Owner: platform',
      'Owner: platform, ManagedBy: terraform',
      'e.yaml:6:98: spec.tags.ManagedBy: this tag is written by the controller; remove it',
    ],
    [
      'a tag that AWS writes',
      'Owner: platform',
      'Owner: platform, "aws:team": a',
      'e.yaml:6:98: spec.tags["aws:team"]: tag keys that begin with aws: are reserved by AWS',
    ],
    [
      'a time zone that does not exist',
      'reconcile: {interval: 5m}',
      'officeHours: {timeZone: America/NewYork, days: [Mon], start: "08:00", stop: "20:00"}',
      'e.yaml:7:27: spec.officeHours.timeZone: expected a time zone of the IANA database, found the text "America/NewYork"; did you mean America/New_York?',
    ],
    [
      'hours that end before they begin',
      'reconcile: {interval: 5m}',
      'officeHours: {timeZone: UTC, days: [Mon], start: "20:00", stop: "08:00"}',
      'e.yaml:7:67: spec.officeHours.stop: must be later than start, which is 20:00',
    ],
    [
      'hours outside of which nothing may be stopped',
      'reconcile: {interval: 5m}',
      'officeHours: {timeZone: UTC, days: [Mon], start: "08:00", stop: "20:00"}',
      'e.yaml:7:3: spec.officeHours: what runs is stopped outside of them, so spec.tags.AutoShutdown must be "true"',
    ],
    [
      'the full name of a day',
      'reconcile: {interval: 5m}',
      'officeHours: {timeZone: UTC, days: [Monday], start: "08:00", stop: "20:00"}',
      'e.yaml:7:39: spec.officeHours.days[0]: expected one of Mon, Tue, Wed, Thu, Fri, Sat, Sun, found the text "Monday"; did you mean Mon?',
    ],
    [
      'an interval without a unit',
      'interval: 5m',
      'interval: 5',
      'e.yaml:7:25: spec.reconcile.interval: expected a duration of whole hours, minutes or seconds, like 10m or 1h30m, found the number 5',
    ],
  ])('%s', (_, before, after, message) => {
    expect(problemsWith(before, after)).toEqual([message]);
  });

  it('may have hours outside of which everything may be stopped', () => {
    const hours = '{timeZone: UTC, days: [Mon], start: "08:00", stop: "20:00"}';
    const owner = `Owner: platform, AutoShutdown: "true"}\n  officeHours: ${hours}\n  deletion: {policy: Retain`;
    expect(
      problemsWith('Owner: platform, DataClassification: Internal', `DataClassification: Internal, ${owner}`),
    ).toEqual([]);
  });

  it('may have further tags', () => {
    expect(problemsWith('Owner: platform', 'Owner: platform, Team: "Zahlungen / Köln", Owners: a')).toEqual(
      [],
    );
  });

  it('has the defaults of parts that it does not mention', () => {
    const set = setOf({ 'e.yaml': environment.replace('  reconcile: {interval: 5m}\n', '') });
    expect(set.objects.get('Environment/production')?.spec).toMatchObject({
      tags: { Compliance: 'SOC2', BackupPolicy: 'Daily', AutoShutdown: 'false' },
      reconcile: { mode: 'Enforce', interval: '10m' },
      deletion: { policy: 'Retain', maxObjectsPerSync: 1 },
    });
  });
});
