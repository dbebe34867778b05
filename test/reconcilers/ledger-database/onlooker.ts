import { GetResourcesCommand } from '@aws-sdk/client-resource-groups-tagging-api';
import {
  GetSecretValueCommand,
  paginateListSecrets,
  paginateListSecretVersionIds,
} from '@aws-sdk/client-secrets-manager';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { isFields } from '../../../controller/engine/resource-type.ts';
import { readAwsState } from '../../aws-state.ts';
import type { Clients } from '../../clients.ts';
import type { DaemonProcess, Exit } from '../../command.ts';
import { readDataState } from '../../data-state/state.ts';

const api = '/apis/fintech.global/v1alpha1';
/** All that a daemon serves. */
export const pages = [
  `${api}/environments`,
  `${api}/fintechnetworks`,
  `${api}/ledgerdatabases`,
  `${api}/namespaces/production/ledgerdatabases/ledger`,
  '/metrics',
  '/healthz',
  '/readyz',
];

/** Writes down all that a program lets out, and every secret that there ever was. */
export class Onlooker {
  /** By where it came from; what came from there earlier stays. */
  readonly texts = new Map<string, string>();
  /** By name and version: the whole, and the password in it. */
  readonly secrets = new Map<string, string | Uint8Array>();
  private readonly clients: Clients;
  private readonly state: string;
  private readonly pages: readonly string[];

  constructor(clients: Clients, state: string, morePages: readonly string[] = []) {
    this.clients = clients;
    this.state = state;
    this.pages = [...pages, ...morePages];
  }

  note(source: string, text: string): void {
    const before = this.texts.get(source) ?? '';
    if (text === '' || !before.endsWith(text)) this.texts.set(source, `${before}\n${text}`);
  }

  noteExit(command: string, { out, err }: Exit): void {
    this.note(command, `${out}\n${err}`);
  }

  /** Everything that can be read now. */
  async look(daemon: DaemonProcess): Promise<void> {
    await Promise.all([
      this.noteSecrets(),
      this.noteState(),
      this.noteAccount(),
      ...this.pages.map(async (page) => this.note(page, await (await daemon.get(page)).text())),
    ]);
    this.texts.set('log', daemon.log);
  }

  async noteState(): Promise<void> {
    const entries = await readdir(this.state, { recursive: true, withFileTypes: true });
    for (const { parentPath, name } of entries.filter((entry) => entry.isFile())) {
      // It may be replaced at this moment.
      const text = await readFile(join(parentPath, name), 'utf8').catch(() => '');
      this.note('state', `${name}\n${text}`);
    }
  }

  /** Of every version, those without a label among them. */
  async noteSecrets(): Promise<void> {
    const { secrets: client } = this.clients;
    for await (const { SecretList = [] } of paginateListSecrets({ client }, {}))
      for (const { Name = '', ARN: SecretId } of SecretList) {
        const versions = paginateListSecretVersionIds({ client }, { SecretId, IncludeDeprecated: true });
        for await (const { Versions = [] } of versions)
          for (const { VersionId } of Versions) {
            const value = await client.send(new GetSecretValueCommand({ SecretId, VersionId }));
            if (value.SecretBinary !== undefined)
              this.secrets.set(`${Name} ${VersionId}`, value.SecretBinary);
            else this.noteSecret(`${Name} ${VersionId}`, value.SecretString ?? '');
          }
      }
  }

  private noteSecret(name: string, text: string): void {
    this.secrets.set(name, text);
    if (!text.startsWith('{')) return;
    const parts: unknown = JSON.parse(text);
    if (isFields(parts)) this.secrets.set(`the password of ${name}`, String(parts['password']));
  }

  /** Tags, descriptions and names of all resources. */
  private async noteAccount(): Promise<void> {
    const { ResourceTagMappingList } = await this.clients.tagging.send(new GetResourcesCommand({}));
    const [data, others] = await Promise.all([readDataState(this.clients), readAwsState(this.clients)]);
    this.note('AWS', JSON.stringify([ResourceTagMappingList, data, others]));
  }
}

/** Takes alerts, as Slack does. */
export async function startWebhook(take: (alert: string) => void) {
  const server = createServer((incoming, response) => {
    incoming.setEncoding('utf8').on('data', take);
    incoming.once('end', () => response.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}
