import type { TerminalReason } from '../../../controller/engine/errors.ts';

/** What an error means. `Transient` is nobody's fault and goes away; `Unknown` is everything not listed. */
export type Verdict =
  | TerminalReason
  | 'AccessDenied'
  | 'AlreadyExists'
  | 'Conflict'
  | 'InOtherRegion'
  | 'NoConfiguration'
  | 'NotFound'
  | 'NotReady'
  | 'Throttled'
  | 'Transient'
  | 'Unknown';

/** By code, or by `<operation> <code>`. */
export type Codes = Readonly<Record<string, Verdict>>;

/** The first that fits counts. */
export type Patterns = readonly (readonly [RegExp, Verdict])[];
