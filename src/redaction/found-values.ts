/** Where in a text values are. */
export interface FoundValues {
  readonly values: readonly FoundValue[];
  /** As far as the text was gone through for them; 0 where that is no further than they reach. */
  readonly end: number;
}

export interface FoundValue {
  readonly start: number;
  readonly end: number;
}

export const NO_VALUES: FoundValues = { values: [], end: 0 };

export function oneValue(start: number, end: number): FoundValues {
  return { values: [{ start, end }], end: 0 };
}
