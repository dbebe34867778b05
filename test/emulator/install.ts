import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { isAlive, withInstallLock } from './install-lock.ts';
import { requirementsFile, venvDirectory, venvPython } from './paths.ts';
import { findPython } from './python.ts';

const STAMP = 'complete';
const LINES_OF_A_FAILURE = 15;

/** Makes the emulator's Python environment if it is not there yet, and returns its interpreter. */
export async function installEmulator(): Promise<string> {
  const requirements = await readFile(requirementsFile, 'utf8');
  const hash = createHash('sha256').update(requirements).digest('hex');
  if (await isComplete(hash)) return venvPython;

  await mkdir(dirname(venvDirectory), { recursive: true });
  await withInstallLock(
    `${venvDirectory}.lock`,
    () => say('waiting for another process that is installing it'),
    async () => {
      if (!(await isComplete(hash))) await build(requirements, hash);
    },
  );
  return venvPython;
}

/** The stamp is written last and names what was installed: neither a half-made environment nor an old one has it. */
async function isComplete(hash: string): Promise<boolean> {
  try {
    return (await readFile(join(venvDirectory, STAMP), 'utf8')).trim() === hash;
  } catch {
    return false;
  }
}

async function build(requirements: string, hash: string): Promise<void> {
  const started = Date.now();
  const python = await findPython();
  const packages = requirements.split('\n').filter((line) => line.includes('==')).length;
  say(`installing into ${venvDirectory}, once, about half a minute (${packages} Python packages)`);

  await removeLeftovers();
  const unfinished = `${venvDirectory}.${process.pid}`;
  try {
    await runPython(python, ['-m', 'venv', '--clear', unfinished]);
    await installPackages(join(unfinished, 'bin', 'python'), packages);
    await writeFile(join(unfinished, STAMP), `${hash}\n`);
    await moveIntoPlace(unfinished, hash);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  say(`installed in ${Math.round((Date.now() - started) / 1000)} s`);
}

/** What an interrupted installation has left behind: `venv.<pid>` of a process that is gone. */
async function removeLeftovers(): Promise<void> {
  const directory = dirname(venvDirectory);
  for (const name of await readdir(directory)) {
    const [stem, pid] = name.split('.');
    if (stem !== basename(venvDirectory) || !/^\d+$/.test(pid ?? '') || isAlive(Number(pid))) continue;
    // Its pip may still be writing; then the next installation removes it.
    await rm(join(directory, name), { recursive: true, force: true }).catch(() => {});
  }
}

async function installPackages(python: string, packages: number): Promise<void> {
  let collected = 0;
  // Every transitive package is pinned, so there is nothing to resolve.
  const options = ['--no-deps', '--disable-pip-version-check', '--progress-bar', 'off', '--no-input'];
  await runPython(python, ['-m', 'pip', 'install', ...options, '-r', requirementsFile], (line) => {
    if (line.startsWith('Collecting ')) progress(`fetching package ${(collected += 1)} of ${packages}`);
    if (line.startsWith('Installing collected')) progress('unpacking');
  });
  endProgress();
}

async function moveIntoPlace(unfinished: string, hash: string): Promise<void> {
  const old = `${unfinished}.old`;
  try {
    await rename(venvDirectory, old);
  } catch {
    // There was none.
  }
  try {
    await rename(unfinished, venvDirectory);
  } catch (error) {
    if (!(await isComplete(hash))) throw error;
  } finally {
    await rm(old, { recursive: true, force: true });
  }
}

async function runPython(
  python: string,
  args: readonly string[],
  onLine: (line: string) => void = () => {},
): Promise<void> {
  const child = spawn(python, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const tail: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      tail.push(line);
      if (tail.length > LINES_OF_A_FAILURE) tail.shift();
      onLine(line);
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  if (code === 0) return;
  endProgress();
  throw new Error(
    `The AWS emulator could not be installed: ${python} ${args.slice(0, 3).join(' ')} failed with ${code}.\n${tail.join('\n')}`,
  );
}

function say(message: string): void {
  process.stderr.write(`emulator: ${message}\n`);
}

/** One line that changes on a terminal; nothing in a log. */
function progress(message: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[Kemulator: ${message}`);
}

function endProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
}
