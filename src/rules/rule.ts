import type { SeverityNumber } from '../severity.js';
import type { Pattern } from './pattern/pattern.js';

/** Which records a rule is about: all that is named must hold. */
export interface Match {
  readonly methods: readonly string[] | undefined;
  readonly scopes: readonly string[] | undefined;
  /** First numbers of ranges of four: 9 for INFO to INFO4. */
  readonly levels: readonly SeverityNumber[] | undefined;
  readonly attributes: readonly { readonly key: string; readonly text: string }[];
  readonly message: Pattern | undefined;
  readonly files: readonly RegExp[] | undefined;
}

/** What becomes an attribute: a named group. */
export interface Extracted {
  readonly key: string;
  /** Of the group in a match. */
  readonly index: number;
  readonly isNumber: boolean;
}

export interface Extraction {
  /** undefined: the one of `match.message`. */
  readonly pattern: Pattern | undefined;
  readonly groups: readonly Extracted[];
}

/** What the stage that folds and limits is told, agreed with it. */
export interface NoiseMark {
  readonly fold?: boolean;
  readonly perSecond?: number;
  readonly key?: string;
}

export interface Actions {
  readonly rename: readonly { readonly from: string; readonly to: string }[];
  readonly extract: readonly Extraction[];
  readonly add: readonly { readonly key: string; readonly value: string | number | boolean }[];
  readonly severity: SeverityNumber | undefined;
  readonly noise: NoiseMark | undefined;
  /** Share that is kept; 0 for `drop`. */
  readonly share: number | undefined;
}

export interface Rule {
  /** For messages about it: `rule 3`, or its name. */
  readonly label: string;
  readonly match: Match;
  readonly actions: Actions;
  /** It names FATAL: without that, what a process dies of is never thinned out. */
  readonly meansFatal: boolean;
  /** Once it matches, no further rule is asked. */
  readonly isLast: boolean;
  /** It took too long, and is not asked any more. */
  isOff: boolean;
}
