import { readFile } from 'node:fs/promises';
import { hasCode } from './durable.ts';

/**
 * What a process is beside its pid, which the next one may get: the boot of the machine and the moment of its
 * start. Empty where the system does not tell. Containers make this matter: in each, the first process is 1.
 */
export async function processIdentity(pid: number): Promise<string> {
  try {
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, in parentheses, may hold spaces; the start time is the 20th field behind it.
    const startTime = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return `${boot.trim()}/${startTime ?? ''}`;
  } catch {
    return '';
  }
}

/** Whether the process with this pid and identity is no more. */
export async function hasEnded(pid: number, identity: string): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, and belongs to somebody else.
    if (!hasCode(error, 'EPERM')) return true;
  }
  const now = await processIdentity(pid);
  return now !== '' && now !== identity;
}
