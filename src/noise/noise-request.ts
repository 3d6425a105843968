/** What a rule wants of a record that comes too often; what is undefined is as configured. */
export interface NoiseRequest {
  /** Identical records in a row become one. */
  readonly fold?: boolean | undefined;
  /** How many of its kind are sent in a second; Infinity: all. */
  readonly perSecond?: number | undefined;
  /** Records of one key are of one kind. By default the call site, if known, else the shape of the message. */
  readonly key?: string | undefined;
}
