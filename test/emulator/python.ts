import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

const CANDIDATES = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11'] as const;

const PROBE = `
import sys
try:
    import ensurepip, venv
    pip = "pip"
except ImportError:
    pip = "no-pip"
print(sys.version_info[0], sys.version_info[1], pip, sys.executable)
`;

interface Python {
  readonly path: string;
  readonly version: string;
  readonly isNewEnough: boolean;
  readonly hasPip: boolean;
}

/** The first Python of the PATH that can hold the emulator; throws a sentence that says what to install. */
export async function findPython(): Promise<string> {
  const found: Python[] = [];
  for (const command of CANDIDATES) {
    const python = await probe(command);
    if (python === undefined) continue;
    if (python.isNewEnough && python.hasPip) return python.path;
    found.push(python);
  }
  throw new Error(whatToInstall(found));
}

async function probe(command: string): Promise<Python | undefined> {
  let answer: string;
  try {
    ({ stdout: answer } = await run(command, ['-c', PROBE], { timeout: 20_000 }));
  } catch {
    return undefined;
  }
  const [major = '0', minor = '0', pip = '', ...path] = answer.trim().split(' ');
  return {
    path: path.join(' '),
    version: `${major}.${minor}`,
    isNewEnough: Number(major) > 3 || (Number(major) === 3 && Number(minor) >= 11),
    hasPip: pip === 'pip',
  };
}

function whatToInstall(found: readonly Python[]): string {
  const needs = 'The AWS emulator needs Python 3.11 or newer';
  const withoutPip = found.find((python) => python.isNewEnough);
  if (withoutPip !== undefined) {
    return `${needs} with venv and ensurepip; ${withoutPip.path} (${withoutPip.version}) lacks them. On Debian or Ubuntu: apt-get install python3-venv`;
  }
  const [tooOld] = found;
  if (tooOld !== undefined) return `${needs}; the python3 in PATH is ${tooOld.version} (${tooOld.path}).`;
  return `${needs}; there is no python3 in PATH.`;
}
