/** Where rules come from. */
export interface RulesSource {
  /** Absolute. */
  readonly path: string | undefined;
  /** Ready-made sets switched on by name. */
  readonly use: readonly string[];
}

/** What `use` may name. */
export const READY_MADE_NAMES = ['context-ids', 'key-value'] as const;
