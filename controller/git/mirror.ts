import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Clock } from '../engine/clock.ts';
import { git } from './command.ts';

export type Checkout = { readonly directory: string; readonly commit: string };

export type MirrorOptions = {
  readonly url: string;
  readonly branch: string;
  /** Belongs to the mirror alone: what is in it is removed. */
  readonly directory: string;
  /** Milliseconds between two looks at the remote. */
  readonly interval: number;
  /** Milliseconds that one command of git may take. */
  readonly timeout?: number;
  readonly clock: Clock;
  /**
   * Called with each new commit. The directory is complete, never changes, and stays until the commit after the
   * next one. When this throws, the same commit is tried again at the next look.
   */
  onCheckout(checkout: Checkout): Promise<void> | void;
  /** Called when the remote cannot be read; the last checkout stays in force. */
  onError(error: unknown): void;
};

/**
 * Follows one branch of a remote repository. Each commit gets a directory of its own, which is there only once
 * it is complete, so that nobody ever reads half of one commit and half of another.
 */
export class Mirror {
  private readonly options: MirrorOptions;
  private readonly repository: string;
  private readonly checkouts: string;
  private isPrepared = false;
  private isCleared = false;
  private current: Checkout | undefined;

  constructor(options: MirrorOptions) {
    this.options = options;
    this.repository = resolve(options.directory, 'repository');
    this.checkouts = resolve(options.directory, 'checkouts');
  }

  /** Looks at the remote again and again, until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.sync(signal);
      } catch (error) {
        if (signal.aborted) return;
        this.options.onError(error);
      }
      try {
        await this.options.clock.sleep(this.options.interval, signal);
      } catch {
        return;
      }
    }
  }

  /** Looks at the remote once. */
  async sync(signal?: AbortSignal): Promise<Checkout> {
    await this.clear();
    const commit = await this.fetch(signal);
    if (this.current?.commit === commit) return this.current;
    const checkout = { commit, directory: join(this.checkouts, commit) };
    // Whatever is there was made by this process, and is complete.
    if (!(await readdir(this.checkouts)).includes(commit)) await this.checkOut(checkout, signal);
    await this.options.onCheckout(checkout);
    const previous = this.current;
    this.current = checkout;
    await this.removeAllBut([checkout, previous]);
    return checkout;
  }

  /** What another process has left is not trusted: it may have been written only in part. */
  private async clear(): Promise<void> {
    if (this.isCleared) return;
    await rm(this.checkouts, { recursive: true, force: true });
    await mkdir(this.checkouts, { recursive: true });
    this.isCleared = true;
  }

  /** The commit that the branch is at. After a failure the next attempt begins with an empty repository. */
  private async fetch(signal: AbortSignal | undefined): Promise<string> {
    const { url, branch } = this.options;
    if (!this.isPrepared) {
      await rm(this.repository, { recursive: true, force: true });
      await mkdir(this.repository, { recursive: true });
      await this.git(['init', '--quiet', '--bare', '.'], signal);
    }
    this.isPrepared = false;
    const refs = `+refs/heads/${branch}:refs/heads/mirrored`;
    await this.git(['fetch', '--quiet', '--depth', '1', '--no-tags', '--', url, refs], signal);
    const commit = await this.git(['rev-parse', '--verify', 'refs/heads/mirrored^{commit}'], signal);
    this.isPrepared = true;
    return commit;
  }

  private async checkOut({ directory, commit }: Checkout, signal: AbortSignal | undefined): Promise<void> {
    const draft = `${directory}.draft`;
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { recursive: true });
    const place = ['--git-dir', this.repository, '--work-tree', draft];
    await this.git([...place, 'read-tree', commit], signal);
    await this.git([...place, 'checkout-index', '--all', '--force'], signal, draft);
    await rename(draft, directory);
  }

  private async removeAllBut(kept: readonly (Checkout | undefined)[]): Promise<void> {
    const names = new Set(kept.map((checkout) => checkout?.commit));
    for (const name of await readdir(this.checkouts))
      if (!names.has(name)) await rm(join(this.checkouts, name), { recursive: true, force: true });
  }

  private git(
    args: readonly string[],
    signal: AbortSignal | undefined,
    cwd = this.repository,
  ): Promise<string> {
    return git(args, { cwd, timeout: this.options.timeout ?? 120_000, signal });
  }
}
