import { join } from 'node:path';

const here = import.meta.dirname;
const emulatorDirectory = join(here, '..', '..', '.emulator');

export const requirementsFile = join(here, 'requirements.txt');
export const launcherFile = join(here, 'launcher.py');
export const venvDirectory = join(emulatorDirectory, 'venv');
export const logDirectory = join(emulatorDirectory, 'logs');
export const venvPython = join(venvDirectory, 'bin', 'python');
