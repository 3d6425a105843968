import type { CallSite } from '../call-sites/call-site.js';
import { mapGet, sliceText } from '../convert/intrinsics.js';
import type { Limits } from '../convert/limits.js';
import type { LogRecord } from '../log-record.js';
import { monotonicMs } from '../pipeline/clock.js';
import type { RedactionOptions } from '../redaction/redaction.js';
import type { SeverityNumber } from '../severity.js';
import { applyActions } from './act.js';
import { type Found, matchRecord, type Subject } from './match.js';
import { MAX_MATCHED_LENGTH } from './pattern/pattern.js';
import type { ReadyMade } from './ready-made/ready-made.js';
import type { Rule } from './rule.js';

/** What rules need of the rest. None of these may throw. */
export interface RuleSurroundings extends Limits {
  findCallSite(record: LogRecord): CallSite | undefined;
  say(code: string, message: string): void;
}

export interface RuleSetOptions {
  readonly rules: readonly Rule[];
  readonly readyMade: readonly ReadyMade[];
  /** Least severity exported, if the file says so. */
  readonly level: SeverityNumber | undefined;
  /** What is a secret, beside what is known to be one. */
  readonly redact?: RedactionOptions | undefined;
  readonly surroundings: RuleSurroundings;
}

/** Candidates by range of severity: unknown, TRACE, … FATAL. */
type Lists = readonly (readonly Rule[])[];

const RANGES = [0, 1, 5, 9, 13, 17, 21];
/** A shorter text cannot keep a pattern busy that has passed its probes. */
const TIMED_LENGTH = 128;
/** A pattern takes microseconds. */
const MAX_MATCH_MS = 50;

/** Rules ready for use: which of them are about a record, and what they do to it. */
export class RuleSet {
  readonly level: SeverityNumber | undefined;
  readonly redact: RedactionOptions | undefined;
  readonly #options: RuleSetOptions;
  readonly #byMethod = new Map<unknown, unknown>();
  readonly #ofOtherMethods: Lists;
  readonly #subject: CurrentSubject;

  constructor(options: RuleSetOptions) {
    const { rules, level, redact } = options;
    this.#options = options;
    this.level = level;
    this.redact = redact;
    this.#subject = this.#createSubject();
    for (const method of new Set(rules.flatMap(({ match }) => match.methods ?? []))) {
      this.#byMethod.set(method, listsOf(rules, method));
    }
    this.#ofOtherMethods = listsOf(rules, undefined);
  }

  /** Least severity of a record that rules may raise to `minimum`; `minimum` itself if they raise none. */
  leastRaisedTo(minimum: SeverityNumber): SeverityNumber {
    return this.#options.rules.reduce((least, { match, actions }) => {
      if (actions.severity === undefined || actions.severity < minimum) return least;
      return Math.min(least, ...(match.levels ?? [0]));
    }, minimum);
  }

  /** Makes of the record what the rules say. Answers whether it is kept. Does not throw. */
  apply(record: LogRecord): boolean {
    // A stack trace may run the program's code, and that log by another way than console.
    const subject = this.#subject.isTaken ? this.#createSubject() : this.#subject;
    try {
      subject.take(record);
      if (!this.#applyRules(subject)) return false;
      const { readyMade, surroundings } = this.#options;
      for (let i = 0; i < readyMade.length; i++) readyMade[i]!(subject, surroundings);
      return true;
    } catch {
      // Better a record without its rules than none.
      return true;
    } finally {
      subject.release();
    }
  }

  #createSubject(): CurrentSubject {
    const { surroundings } = this.#options;
    return new CurrentSubject(record => surroundings.findCallSite(record));
  }

  // The first rule that decides is the last that is asked.
  #applyRules(subject: CurrentSubject): boolean {
    const { record } = subject;
    const lists = (mapGet(this.#byMethod, record.method) ?? this.#ofOtherMethods) as Lists;
    const rules = lists[(record.severityNumber + 3) >> 2] ?? [];
    const isTimed = subject.message !== undefined && subject.message.length > TIMED_LENGTH;
    for (let i = 0; i < rules.length; i++) {
      const rule = rules[i]!;
      if (rule.isOff) continue;
      const found = isTimed ? this.#matchTimed(rule, subject) : matchRecord(rule.match, subject);
      if (found === undefined) continue;
      if (!applyActions(rule, subject, found, this.#options.surroundings)) return false;
      if (rule.isLast) return true;
    }
    return true;
  }

  // What the probes at the start have missed. Twice, because a busy machine may stop any program at
  // any place for that long.
  #matchTimed(rule: Rule, subject: Subject): Found | undefined {
    const startedAtMs = monotonicMs();
    const found = matchRecord(rule.match, subject);
    const endedAtMs = monotonicMs();
    if (endedAtMs - startedAtMs < MAX_MATCH_MS) return found;
    matchRecord(rule.match, subject);
    if (monotonicMs() - endedAtMs < MAX_MATCH_MS) return found;
    rule.isOff = true;
    this.#options.surroundings.say(
      `slow-${rule.label}`,
      `OTEL_REGISTER_RULES: ${rule.label} took more than ${MAX_MATCH_MS} ms to look at one record and is switched off.`,
    );
    return found;
  }
}

/** The record that is being looked at: one object for all of them. */
class CurrentSubject implements Subject {
  record!: LogRecord;
  message: string | undefined;
  readonly #findCallSite: RuleSurroundings['findCallSite'];
  #hasLooked = false;

  constructor(findCallSite: RuleSurroundings['findCallSite']) {
    this.#findCallSite = findCallSite;
  }

  get isTaken(): boolean {
    return this.record !== undefined;
  }

  take(record: LogRecord): void {
    const { body } = record;
    this.record = record;
    this.#hasLooked = false;
    this.message =
      typeof body === 'string' && body.length > MAX_MATCHED_LENGTH
        ? sliceText(body, 0, MAX_MATCHED_LENGTH)
        : typeof body === 'string'
          ? body
          : undefined;
  }

  callSite(): CallSite | undefined {
    if (this.record.callSite === undefined && !this.#hasLooked) {
      this.#hasLooked = true;
      this.record.callSite = this.#findCallSite(this.record);
    }
    return this.record.callSite;
  }

  // Held any longer, a large record would live until the next one.
  release(): void {
    this.record = undefined as never;
    this.message = undefined;
  }
}

function listsOf(rules: readonly Rule[], method: string | undefined): Lists {
  const ofMethod = rules.filter(
    ({ match }) =>
      match.methods === undefined || (method !== undefined && match.methods.includes(method)),
  );
  return RANGES.map(range =>
    ofMethod.filter(({ match }) => match.levels === undefined || match.levels.includes(range)),
  );
}
