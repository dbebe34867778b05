import { hash } from 'node:crypto';

/** What is searched, by where it comes from: a log, a file, an answer. */
export type Texts = ReadonlyMap<string, string>;

/** As many characters of a hash as nobody meets by chance: who shortens a hash shows it all the same. */
const enough = 12;

/** Where which secret is found, and in which form: `log: sha256 of password 2`. Secrets are given by their names. */
export function leaksIn(texts: Texts, secrets: ReadonlyMap<string, string | Uint8Array>): readonly string[] {
  const forms = [...secrets].flatMap(([name, secret]) =>
    [...(typeof secret === 'string' ? formsOf(secret) : formsOfBytes(Buffer.from(secret)))].map(
      ([form, text]) => ({ what: `${form} of ${name}`, text }),
    ),
  );
  return [...texts].flatMap(([source, text]) =>
    forms.filter((form) => text.includes(form.text)).map(({ what }) => `${source}: ${what}`),
  );
}

/** A secret as a program may write it down, knowingly or not. */
export function formsOf(secret: string): ReadonlyMap<string, string> {
  const bytes = Buffer.from(secret);
  return new Map([
    ['whole', secret],
    ['JSON', JSON.stringify(secret).slice(1, -1)],
    ['JSON in JSON', JSON.stringify(JSON.stringify(secret).slice(1, -1)).slice(1, -1)],
    ['XML', secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')],
    ['URL', encodeURIComponent(secret)],
    ['form', new URLSearchParams({ secret }).toString().slice('secret='.length)],
    ['strict URL', strictlyEncoded(secret)],
    ...formsOfBytes(bytes),
  ]);
}

/** The same of one that is no text. */
export function formsOfBytes(bytes: Buffer): ReadonlyMap<string, string> {
  return new Map([
    ['numbers', [...bytes].join()],
    ['hex', bytes.toString('hex')],
    ['base64url', bytes.toString('base64url')],
    ...[0, 1, 2].map((before) => [`base64 after ${before} bytes`, base64After(before, bytes)] as const),
    ...['sha256', 'sha1', 'sha512', 'md5'].flatMap((algorithm) => [
      [algorithm, hash(algorithm, bytes, 'hex').slice(0, enough)] as const,
      [`${algorithm} in base64`, hash(algorithm, bytes, 'base64').slice(0, enough)] as const,
      [`${algorithm} in base64url`, hash(algorithm, bytes, 'base64url').slice(0, enough)] as const,
    ]),
  ]);
}

/** As AWS's signatures write it. */
function strictlyEncoded(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** What is the same in the base64 of every text in which so many bytes, but for multiples of three, stand before it. */
function base64After(before: number, bytes: Buffer): string {
  const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
  const whole = encoded.replaceAll('=', '');
  const isCut = (before + bytes.length) % 3 !== 0;
  return whole.slice(before === 0 ? 0 : before + 1, isCut ? -1 : undefined);
}
