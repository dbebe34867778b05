import { isJsonObject, type JsonObject } from './json.ts';
import type { KindRules, Violation } from './semantics.ts';
import { didYouMean, suggest } from './suggest.ts';
import { found } from './words.ts';

/** The tags that every Environment has, by their own schema; all others are checked here. */
const ownTags = [
  'Environment',
  'Project',
  'CostCenter',
  'Owner',
  'DataClassification',
  'Compliance',
  'BackupPolicy',
  'AutoShutdown',
] as const;

/** These have defaults, so that a misspelt one would not be missed. */
const defaultedTags = ['Compliance', 'BackupPolicy', 'AutoShutdown'] as const;

/** What must hold for an Environment and cannot be said in a schema that Kubernetes accepts. */
export const environmentRules: KindRules = {
  kind: 'Environment',
  check(spec) {
    return [
      ...checkAccount(spec['aws']),
      ...checkTags(spec['tags']),
      ...checkOfficeHours(spec['officeHours'], spec['tags']),
    ];
  },
};

function checkAccount(aws: unknown): readonly Violation[] {
  if (!isJsonObject(aws) || !isJsonObject(aws['assumeRole'])) return [];
  const account = String(aws['assumeRole']['roleArn']).split(':')[4];
  if (account === aws['accountId']) return [];
  const message = `the role is in account ${account}, but spec.aws.accountId is ${String(aws['accountId'])}`;
  return [{ path: ['aws', 'assumeRole', 'roleArn'], message }];
}

function checkTags(tags: unknown): readonly Violation[] {
  return Object.entries(isJsonObject(tags) ? tags : {}).flatMap(([key, value]): readonly Violation[] => {
    if (ownTags.some((tag) => tag === key)) return [];
    const path = ['tags', key];
    const wrongKey = checkTagKey(key);
    if (wrongKey !== undefined) return [{ path, message: wrongKey, at: 'key' }];
    const wrongValue = checkTagValue(value);
    return wrongValue === undefined ? [] : [{ path, message: wrongValue }];
  });
}

function checkTagKey(key: string): string | undefined {
  if (/^aws:/i.test(key)) return 'tag keys that begin with aws: are reserved by AWS';
  if (key === 'Name' || key === 'ManagedBy' || key.startsWith('fintech.global/')) {
    return 'this tag is written by the controller; remove it';
  }
  const sameLetters = ownTags.find((tag) => tag.toLowerCase() === key.toLowerCase());
  const suggestion = sameLetters ?? suggest(key, defaultedTags);
  if (suggestion !== undefined) return `unknown tag, too like one of the known ones${didYouMean(suggestion)}`;
  if (key.length < 1 || key.length > 128 || !tagCharacters.test(key)) {
    return `expected a tag key of 1 to 128 ${tagCharacterWords}`;
  }
  return undefined;
}

function checkTagValue(value: unknown): string | undefined {
  if (typeof value !== 'string') {
    const rewritten = typeof value === 'number' || typeof value === 'boolean' ? '; put it in quotes' : '';
    return `expected text, found ${found(value)}${rewritten}`;
  }
  if (value.length > 256 || !tagCharacters.test(value)) {
    return `expected a tag value of at most 256 ${tagCharacterWords}, found ${found(value)}`;
  }
  return undefined;
}

function checkOfficeHours(officeHours: unknown, tags: unknown): readonly Violation[] {
  if (!isJsonObject(officeHours)) return [];
  const wrong = [...checkTimeZone(officeHours), ...checkHours(officeHours)];
  return wrong.length > 0 ? wrong : checkAutoShutdown(tags);
}

/** The tag tells everybody, other tools too, whether what runs may be stopped: it must not say the opposite. */
function checkAutoShutdown(tags: unknown): readonly Violation[] {
  if (isJsonObject(tags) && tags['AutoShutdown'] === 'true') return [];
  const message = 'what runs is stopped outside of them, so spec.tags.AutoShutdown must be "true"';
  return [{ path: ['officeHours'], message, at: 'key' }];
}

function checkTimeZone({ timeZone }: JsonObject): readonly Violation[] {
  if (typeof timeZone !== 'string' || isTimeZone(timeZone)) return [];
  const nearest = didYouMean(suggest(timeZone, Intl.supportedValuesOf('timeZone')));
  const message = `expected a time zone of the IANA database, found ${found(timeZone)}${nearest}`;
  return [{ path: ['officeHours', 'timeZone'], message }];
}

function checkHours({ start, stop }: JsonObject): readonly Violation[] {
  // Both are HH:MM, so the order of text is the order of time.
  if (typeof start !== 'string' || typeof stop !== 'string' || start < stop) return [];
  return [{ path: ['officeHours', 'stop'], message: `must be later than start, which is ${start}` }];
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const tagCharacters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const tagCharacterWords = 'letters, digits, spaces and _ . : / = + - @';
