import { levels, pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

export type LogOptions = {
  /** As in `info`; otherwise the environment variable LOG_LEVEL, otherwise `info`. */
  readonly level?: string;
  /** Fields of every line. */
  readonly base?: Readonly<Record<string, unknown>>;
  /** Standard output by default. */
  readonly destination?: DestinationStream;
};

export class InvalidLogLevel extends Error {
  override readonly name = 'InvalidLogLevel';
}

/** JSON lines. What looks like a secret is taken out of the finished line, however it got into it. */
export function createLog(options: LogOptions = {}): Log {
  const level = options.level ?? process.env['LOG_LEVEL'] ?? 'info';
  const known = [...Object.keys(levels.values), 'silent'];
  if (!known.includes(level))
    throw new InvalidLogLevel(`"${level}" is not a log level: use one of ${known.join(', ')}`);
  const settings = {
    level,
    base: { ...options.base },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    hooks: { streamWrite: redactLine },
  };
  return options.destination === undefined ? pino(settings) : pino(settings, options.destination);
}

const redacted = '[redacted]';

function redactLine(line: string): string {
  try {
    return `${JSON.stringify(redact(JSON.parse(line)))}\n`;
  } catch {
    return redactText(line);
  }
}

/** The same value without secrets, at any depth: by the names of fields and by the look of texts. */
export function redact(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(redact);
  const entries = Object.entries(value);
  const speaksOfSecret = entries.some(
    ([key, name]) => namingKeys.has(key.toLowerCase()) && typeof name === 'string' && isSecretName(name),
  );
  return Object.fromEntries(
    entries.map(([key, item]) => {
      const hidden = isSecretName(key) || (speaksOfSecret && valueKeys.has(key.toLowerCase()));
      return [key, hidden ? hide(item) : redact(item)];
    }),
  );
}

/** Whether something is set is worth knowing, and no secret. */
function hide(value: unknown): unknown {
  return value === null || typeof value === 'boolean' ? value : redacted;
}

/** Pairs such as a tag, an environment variable or a change: `{ field: 'password', from: …, to: … }`. */
const namingKeys = new Set(['key', 'name', 'field', 'path']);
const valueKeys = new Set(['value', 'from', 'to', 'before', 'after', 'current', 'wanted']);

const secretName =
  /(password|passwd|passphrase|secret|token|secretstring|secretbinary|secretvalue|secretaccesskey|secretkey|privatekey|apikey|authorization|credential|cookie)s?$/;

/** By the last part of a path, whatever its spelling. What only names a secret (`secretArn`) is none. */
function isSecretName(name: string): boolean {
  const last = name.slice(name.lastIndexOf('.') + 1);
  return secretName.test(last.toLowerCase().replaceAll(/[^a-z]/g, ''));
}

/** Between a name and its value; quotes may be escaped, where a text holds JSON that holds JSON. */
const assignment = String.raw`\\*["']?\s*[=:]\s*`;
/** To the same quote again, escaped or not, or one word. */
const value = String.raw`(?:(\\*["'])[^]*?(?:(?<!\\)\2|$)|[^\s,;&"'})\]\\]+)`;
const named =
  'password|passwd|passphrase|secret_?access_?key|session_?token|secret_?string|api_?key|private_?key';

/** What secrets look like inside a text; the first group stays. */
const secretPatterns: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  new RegExp(String.raw`(\bauthorization${assignment}\\*["']?)[^\r\n"'\\]+`, 'gi'),
  new RegExp(String.raw`(\bx-amz-(?:security-token|signature|credential)${assignment})${value}`, 'gi'),
  new RegExp(String.raw`(\b[\w-]*(?:${named})${assignment})${value}`, 'gi'),
  // In prose a colon behind these words is only a colon.
  new RegExp(String.raw`(\b[\w-]*(?:secret|token)(?:=|\\*["']\s*:\s*))${value}`, 'gi'),
  /(\b(?:Bearer|Basic)\s+)(?=\S*[\d=])[\w.~+/=-]{8,}/gi,
  /(\b[a-z][\w+.-]*:\/\/)[^\s/]+(?=@)/gi,
  /\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/g,
  /\b(?:gh[pousr]_|github_pat_|glpat-)[\w-]{16,}/g,
  /\b(?:IQoJ|FwoG|FQoG)[\w+/=]{40,}/g,
];

/** A text without what looks like a secret: keys, tokens, signatures, passwords in URLs. */
export function redactText(text: string): string {
  const cleaned = secretPatterns.reduce(
    (rest, pattern) => rest.replace(pattern, (_: string, kept: unknown) => withPrefix(kept)),
    text,
  );
  return cleaned.replaceAll(/(?<![\w+/=])[A-Za-z0-9+/]{40}(?![\w+/=])/g, (word) =>
    looksRandom(word) ? redacted : word,
  );
}

/** Without a group, a replacer gets the offset, a number, in its place. */
function withPrefix(kept: unknown): string {
  return typeof kept === 'string' ? `${kept}${redacted}` : redacted;
}

/** A secret access key is 40 random characters; commits have only small hexadecimal ones, and paths repeat theirs. */
function looksRandom(word: string): boolean {
  if (!/[a-z]/.test(word) || !/[A-Z]/.test(word)) return false;
  const counts = Map.groupBy(word, (character) => character);
  let entropy = 0;
  for (const { length } of counts.values())
    entropy -= (length / word.length) * Math.log2(length / word.length);
  return entropy > 4.2;
}
