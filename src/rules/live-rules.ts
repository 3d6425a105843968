import type { LogRecord } from '../log-record.js';
import { monotonicMs } from '../pipeline/clock.js';
import { IS_LEVEL_LOWERED, RULES_GENERATION } from '../pipeline/protocol.js';
import type { RedactionOptions } from '../redaction/redaction.js';
import { DEBUG, type SeverityNumber, severityText } from '../severity.js';
import type { RuleSet } from './rule-set.js';

const { load, store, add } = Atomics;

/** Between two goes at a file that takes long: the program has most of the time. */
const PAUSE_MS = 1_000;

export interface LiveRulesOptions {
  /** The control block: see protocol.ts. */
  readonly control: Int32Array;
  /** Least severity exported where no file of rules says otherwise. */
  readonly minimumSeverity: SeverityNumber;
  /** Reads the rules again if they have changed. Must not throw. */
  readRules(): RuleSet | undefined;
  /** Whether it could not read all of them at once, and has to go on after a while. */
  isUnfinished(): boolean;
  /** Sees to it that the file is followed, if there is one. Called once. */
  follow(): void;
}

/** The rules and the least severity of one thread, as they are now. */
export class LiveRules {
  readonly #options: LiveRulesOptions;
  #rules: RuleSet | undefined;
  #generation: number;
  #isFollowing = false;
  #goesOnAtMs: number | undefined;
  #minimum: SeverityNumber = 0;
  #leastWanted: SeverityNumber = 0;

  constructor(options: LiveRulesOptions) {
    this.#options = options;
    this.#generation = load(options.control, RULES_GENERATION);
    this.#read();
  }

  /** What is a secret, as the file says now. */
  get redact(): RedactionOptions | undefined {
    return this.#rules?.redact;
  }

  /** Least severity of a record that may be sent in the end, raised by a rule if need be. */
  leastWanted(): SeverityNumber {
    this.#refresh();
    return this.#leastWanted;
  }

  /** Least severity of a record that is sent, once rules have been applied to it. */
  minimumSeverity(): SeverityNumber {
    return this.#minimum;
  }

  /** Makes of the record what the rules say. Answers whether it is kept. Does not throw. */
  apply(record: LogRecord): boolean {
    this.#refresh();
    return this.#rules === undefined || this.#rules.apply(record);
  }

  /** Lowers the least severity to DEBUG in all threads, or takes that back. Answers what it is then. */
  toggleLevel(): string {
    const { control } = this.#options;
    store(control, IS_LEVEL_LOWERED, 1 - load(control, IS_LEVEL_LOWERED));
    add(control, RULES_GENERATION, 1);
    this.#refresh();
    return this.#minimum === 0 ? 'every level' : severityText(this.#minimum).toLowerCase();
  }

  // A look at shared memory for each record: whoever notices a change counts it up there. A plain one,
  // as nothing else is read by it that would have to be as new: `Atomics.load` is a call, 15 ns of it.
  #refresh(): void {
    if (!this.#isFollowing) {
      this.#isFollowing = true;
      this.#options.follow();
    }
    const generation = this.#options.control[RULES_GENERATION]!;
    const isSame = generation === this.#generation;
    if (isSame && (this.#goesOnAtMs === undefined || monotonicMs() < this.#goesOnAtMs)) return;
    this.#generation = generation;
    this.#read();
  }

  #read(): void {
    const { control, minimumSeverity } = this.#options;
    this.#rules = this.#options.readRules();
    this.#goesOnAtMs = this.#options.isUnfinished() ? monotonicMs() + PAUSE_MS : undefined;
    const configured = this.#rules?.level ?? minimumSeverity;
    const isLowered = load(control, IS_LEVEL_LOWERED) === 1;
    this.#minimum = isLowered && configured > DEBUG ? DEBUG : configured;
    this.#leastWanted = this.#rules?.leastRaisedTo(this.#minimum) ?? this.#minimum;
  }
}
