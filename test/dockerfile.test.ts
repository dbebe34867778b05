import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { existsSync, readFileSync } from 'node:fs';
import { builtinModules, stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { isJsonObject, type JsonObject } from '../controller/manifests/json.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const entry = 'controller/main.ts';

type Instruction = { readonly name: string; readonly text: string };
type Stage = { readonly name: string; readonly image: string; readonly instructions: readonly Instruction[] };

const stages = stagesOf(instructionsOf(read('Dockerfile')));
const runtime = stages.at(-1)?.instructions ?? [];
/** What is taken from the build context, by whichever stage. */
const copied = stages.flatMap((stage) => all(stage.instructions, 'COPY')).flatMap(sourcesOf);
const shipped = all(runtime, 'COPY').flatMap(sourcesOf);
const manifest = objectIn(JSON.parse(read('package.json')));

describe('The image', () => {
  it('is built on the Node that the tests run on, by a tag that says so', () => {
    const { node } = objectIn(manifest['devDependencies']);
    const images = stages.map(({ image }) => image);
    expect(new Set(images)).toEqual(new Set([expect.stringMatching(`^node:${String(node)}-[a-z]+-slim$`)]));
  });

  it('runs as a user that is a number and not root', () => {
    expect(last('USER')).toMatch(/^[1-9]\d*:[1-9]\d*$/);
  });

  it('starts its command without a shell, and checks its health without one', () => {
    const [, check = ''] = last('HEALTHCHECK').split(/\sCMD\s/);
    expect(JSON.parse(last('ENTRYPOINT'))).toEqual(['fintech-controller']);
    expect(JSON.parse(check)).toEqual(['node', '-e', expect.stringContaining('/healthz')]);
  });

  it('writes only to volumes', () => {
    expect(JSON.parse(last('VOLUME'))).toEqual(['/state', '/tmp']);
    expect(last('ENV')).toContain('HOME=/tmp');
  });

  it('takes files by COPY, and each from a place that exists and is not ignored', () => {
    expect(stages.flatMap((stage) => all(stage.instructions, 'ADD'))).toEqual([]);
    expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    expect(read('.dockerignore').split('\n')).toEqual(
      expect.arrayContaining(['*', ...copied.map((path) => `!${path}`)]),
    );
  });

  it('has a program that Node finds by its first line', () => {
    expect(read(entry)).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  it('holds every file that the program imports', () => {
    const { files } = importsOf(entry);
    expect([...files].filter((file) => !isShipped(file))).toEqual([]);
  });

  it('holds every package that the program imports, as a dependency that it needs to run', () => {
    const { packages } = importsOf(entry);
    const { dependencies, devDependencies } = manifest;
    expect(packages.size).toBeGreaterThan(0);
    expect([...packages].filter((name) => !(name in objectIn(dependencies)))).toEqual([]);
    expect([...packages].filter((name) => name in objectIn(devDependencies))).toEqual([]);
  });

  it('starts from what it holds, and finds its schemas there', async () => {
    const image = await mkdtemp(join(tmpdir(), 'image-'));
    try {
      const app = join(image, 'app');
      for (const path of shipped) await cp(join(root, path), join(app, path), { recursive: true });
      await symlink(join(root, 'node_modules'), join(app, 'node_modules'));
      await mkdir(join(image, 'bin'));
      const command = join(image, 'bin', 'fintechctl');
      await symlink(join(app, entry), command);
      const { stdout } = await run(process.execPath, [command, 'validate', join(root, 'manifests')], {
        cwd: image,
      });
      expect(stdout).toContain('all valid');
    } finally {
      await rm(image, { recursive: true, force: true });
    }
  });
});

function isShipped(file: string): boolean {
  return shipped.some((path) => file === path || file.startsWith(`${path}/`));
}

/** The instructions of a Dockerfile, with continued lines joined and comments left out. */
function instructionsOf(text: string): readonly Instruction[] {
  const lines = text.replaceAll(/^\s*#.*\n/gm, '').replaceAll(/\\\n/g, ' ');
  return lines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, name = '', rest = ''] = /^\s*(\w+)\s+(.*)$/.exec(line) ?? [];
      return { name: name.toUpperCase(), text: rest.trim() };
    });
}

function stagesOf(instructions: readonly Instruction[]): readonly Stage[] {
  const starts = instructions.flatMap(({ name }, index) => (name === 'FROM' ? [index] : []));
  return starts.map((start, index) => {
    const [, image = '', name = ''] =
      /^(\S+)(?:\s+AS\s+(\S+))?$/i.exec(instructions[start]?.text ?? '') ?? [];
    return { name, image, instructions: instructions.slice(start + 1, starts[index + 1]) };
  });
}

function all(instructions: readonly Instruction[], name: string): readonly string[] {
  return instructions.filter((instruction) => instruction.name === name).map(({ text }) => text);
}

/** The text of an instruction of the last stage: the last one counts. */
function last(name: string): string {
  return all(runtime, name).at(-1) ?? '';
}

/** What a COPY takes from the build context; nothing where it copies from another stage. */
function sourcesOf(text: string): readonly string[] {
  const words = text.split(/\s+/);
  if (words.some((word) => word.startsWith('--from='))) return [];
  return words.filter((word) => !word.startsWith('--')).slice(0, -1);
}

type Imports = { readonly files: ReadonlySet<string>; readonly packages: ReadonlySet<string> };

/** Everything that is loaded when a file is, as Node sees it: without what is erased with the types. */
function importsOf(start: string): Imports {
  const files = new Set([start]);
  const packages = new Set<string>();
  for (const file of files) {
    for (const name of importedBy(file)) {
      if (name.startsWith('.')) files.add(normalize(join(dirname(file), name)));
      else if (!name.startsWith('node:') && !builtinModules.includes(name)) packages.add(packageOf(name));
    }
  }
  return { files, packages };
}

const importForms = [
  /^\s*(?:import|export)\b[^'";]*\bfrom\s*['"]([^'"]+)['"]/gm,
  /^\s*import\s*['"]([^'"]+)['"]/gm,
  /\bimport\(\s*['"]([^'"]+)['"]/g,
];

function importedBy(file: string): readonly string[] {
  if (!file.endsWith('.ts')) return [];
  const code = stripTypeScriptTypes(read(file));
  return importForms.flatMap((form) => [...code.matchAll(form)].map(([, name = '']) => name));
}

function packageOf(name: string): string {
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
}

function objectIn(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}
