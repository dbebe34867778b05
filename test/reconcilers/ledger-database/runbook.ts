import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { isJsonObject, type JsonObject } from '../../../controller/manifests/json.ts';

/** What the SDK is given to send: its class is called after the operation. */
type SdkCommand = { readonly input: object };

/** A runbook, whose manifests are applied and whose commands are carried out as they stand there. */
export class Runbook {
  private readonly text: string;

  private constructor(text: string) {
    this.text = text;
  }

  static async read(name: string): Promise<Runbook> {
    return new Runbook(await readFile(new URL(`../../../docs/runbooks/${name}.md`, import.meta.url), 'utf8'));
  }

  /** With what is known at the time only, as somebody who follows it would write it. */
  with(replacements: Readonly<Record<string, string>>): Runbook {
    return new Runbook(
      Object.entries(replacements).reduce((text, [from, to]) => {
        if (!text.includes(from)) throw new Error(`the runbook does not say ${from}`);
        return text.replaceAll(from, to);
      }, this.text),
    );
  }

  /** The manifests and parts of manifests, in their order. */
  get manifests(): readonly JsonObject[] {
    return this.fenced('yaml').map((block) => {
      const manifest: unknown = parse(block);
      if (!isJsonObject(manifest)) throw new Error(`this is no part of a manifest: ${block}`);
      return manifest;
    });
  }

  /** As the AWS CLI is given them, without what it only shows. */
  get commands(): readonly string[] {
    const inBlocks = this.fenced('sh').flatMap((block) => block.replaceAll(/\\\n\s*/g, '').split('\n'));
    const inText = [...this.text.matchAll(/`(aws [^`]+)`/g)].map(([, command = '']) => command);
    return [...inBlocks, ...inText]
      .filter((line) => line.startsWith('aws '))
      .map((line) => line.replace(/ (--query|--output) .*$/, '').trim());
  }

  /** The same command, once it is certain that the runbook has it with these parameters and no others. */
  says<Command extends SdkCommand>(service: string, command: Command): Command {
    const line = commandLineOf(service, command);
    if (!this.commands.includes(line)) throw new Error(`not in the runbook: ${line}`);
    return command;
  }

  private fenced(language: string): readonly string[] {
    const blocks = [...this.text.matchAll(/^( *)```(\w+)\n([^]*?)^ *```$/gm)];
    return blocks
      .filter(([, , of]) => of === language)
      .map(([, indent = '', , block = '']) => block.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));
  }
}

/** A manifest changed as a part of one says. */
export function merged(manifest: JsonObject, change: JsonObject): JsonObject {
  const changed = Object.entries(change).map(([key, value]) => {
    const before = manifest[key];
    return [key, isJsonObject(value) && isJsonObject(before) ? merged(before, value) : value] as const;
  });
  return { ...manifest, ...Object.fromEntries(changed) };
}

/** https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-types.html */
function commandLineOf(service: string, command: SdkCommand): string {
  const operation = inKebabCase(command.constructor.name.replace(/Command$/, ''));
  const parameters = Object.entries(command.input).map(([name, value]) => {
    const option = `--${inKebabCase(name)}`;
    return value === true ? option : `${option} ${argumentOf(value)}`;
  });
  return ['aws', service, operation, ...parameters].join(' ');
}

function argumentOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(argumentOf).join(' ');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([key, of]) => `${key}=${String(of)}`)
    .join(',');
}

/** `DBClusterIdentifier`: `db-cluster-identifier`. */
function inKebabCase(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();
}
