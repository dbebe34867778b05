import type { Tags } from '../../../../controller/engine/resource-type.ts';
import type { MasterCredentialsSpec } from './master-credentials-spec.ts';

/** Which version of the secret the database has, in a tag of the secret: AWS tells it nowhere. */
export const MASTER_CREDENTIALS_TAG = 'fintech.global/master-credentials';

export type Memory = {
  readonly node: string;
  /** The version of the secret whose password the database has, or was told at `toldAt`. */
  readonly version: string;
  /** Where the database is, as this version says it. */
  readonly host: string;
  readonly port: number;
  /** RFC 3339; undefined once the version is in force. */
  readonly toldAt: string | undefined;
};

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html: 32 to 64 characters. */
const VERSION = /^[A-Za-z0-9-]{32,64}(, being set)?$/;
const MEMORY = /^(\S+) (\S+) (\S+):(\d+)(?: setting (\S+))?$/;

export function memoryIn(tags: Tags): Memory | undefined {
  const [, node, version, host, port, toldAt] = MEMORY.exec(tags[MASTER_CREDENTIALS_TAG] ?? '') ?? [];
  if (node === undefined || version === undefined || host === undefined) return undefined;
  return { node, version, host, port: Number(port), toldAt };
}

export function memoryTags({ node, version, host, port, toldAt }: Memory): Tags {
  const setting = toldAt === undefined ? '' : ` setting ${toldAt}`;
  return { [MASTER_CREDENTIALS_TAG]: `${node} ${version} ${host}:${port}${setting}` };
}

/** The tag alone, as it is. */
export function onlyMemory(tags: Tags): Tags {
  const value = tags[MASTER_CREDENTIALS_TAG];
  return value === undefined ? {} : { [MASTER_CREDENTIALS_TAG]: value };
}

export function isAt(memory: Memory, { host, port }: Pick<Memory, 'host' | 'port'>): boolean {
  return memory.host === host && memory.port === port;
}

/** Whether it is of this cluster or instance, whose name its endpoint begins with. */
export function isOf({ host }: Memory, { identifier }: Pick<MasterCredentialsSpec, 'identifier'>): boolean {
  return host.startsWith(`${identifier}.`);
}

/** In the shape of the spec: a plain version only where nothing is left to do. */
export function secretVersionOf({ version, toldAt }: Memory): string {
  return toldAt === undefined ? version : `${version}, being set`;
}

/** Whether a version followed another, as by rotation; not where somebody wrote something else into the tag. */
export function isSuccession(_wanted: string, actual: string): boolean {
  return VERSION.test(actual);
}
