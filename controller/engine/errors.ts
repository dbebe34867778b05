/**
 * What can come of an attempt, by class. Resource types throw these; everything else that is thrown
 * is unexpected and is tried again with growing delays.
 */

/** Not an error: something is still on its way (being created, not yet visible, in use by what is going). */
export class NotReady extends Error {
  override readonly name = 'NotReady';
}

/** No use in trying again before the spec, or something outside, changes; tried again slowly all the same. */
export class Terminal extends Error {
  override readonly name = 'Terminal';
  readonly reason: TerminalReason;

  constructor(reason: TerminalReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

export type TerminalReason =
  | 'InvalidSpec'
  | 'ApprovalRequired'
  | 'DuplicateResources'
  | 'NotConverging'
  | 'NotOwned'
  | 'NotEmpty'
  | 'DeletionBlocked'
  | 'DeploymentFailed'
  | 'QuotaExceeded'
  | 'WrongAccount';

/** The credentials may not do this; a person has to grant it. */
export class AccessDenied extends Error {
  override readonly name = 'AccessDenied';
}

/** The service asked for fewer calls, longer than a call may wait. Not the object's fault. */
export class Throttled extends Error {
  override readonly name = 'Throttled';
}

/** Somebody else changed the same thing at the same time: look again at once. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
}

/** The resource is gone. A delete counts it as success, an update as a reason to look again. */
export class NotFound extends Error {
  override readonly name = 'NotFound';
}

/**
 * Certainly not carried out: the service answered with an error that rules it out. A create that fails
 * in any other way may have happened.
 */
export function isCertainlyNotDone(error: unknown): boolean {
  return (
    error instanceof Terminal ||
    error instanceof AccessDenied ||
    error instanceof Throttled ||
    error instanceof NotReady
  );
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
