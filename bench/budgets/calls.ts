import { type Collector, createCollector } from '../collector.js';
import { interleave, medianDifference, type Run, runProgram, type Variant } from '../measure.js';
import type { Result } from '../report.js';
import { reported, type Subject, TWENTY_RULES } from '../subject.js';

/** Of one shape in one run, to be measured, and before that to be warm: see calls.cjs. */
export const CALLS = 100_000;
export const WARM_UP_CALLS = 20_000;
/** What a call may cost more with redaction and 20 rules. */
const REDACTION_AND_RULES_US = 1.5;

/** What a call of console adds to the time of the program. */
export async function calls(subject: Subject): Promise<Result[]> {
  const found: Result[] = [];
  for (const [shape, budget] of [
    ['string', 0.8],
    ['object', 1.2],
  ] as const) {
    const collector = await createCollector();
    const args = [shape, `${CALLS}`];
    const run = (variant: Variant) => () => runAndCount(collector, variant, args);
    const preloaded = (env = {}) => run(subject.preloaded(collector.url, env));
    const variants = {
      without: run(subject.bare()),
      with: preloaded(),
      unredacted: preloaded({ OTEL_REGISTER_REDACT: 'off' }),
      ruled: preloaded({ OTEL_REGISTER_RULES: TWENTY_RULES }),
    };
    const runs = await interleave(subject.rounds, variants);
    const ofVariants = 3 * (subject.rounds + 1) * (CALLS + WARM_UP_CALLS);
    const delivered = collector.count() / ofVariants;
    await collector.close();

    const added = (name: keyof typeof variants, key: string) =>
      medianDifference({ without: runs.without, with: runs[name] }, reported(key));
    const what = `console.log, ${shape}`;
    found.push(
      {
        what: `${what}, added per call, without redaction`,
        measured: added('unredacted', 'nsPerCall') / 1000,
        unit: 'µs',
        budget,
      },
      {
        what: `${what}, added per call`,
        measured: added('with', 'nsPerCall') / 1000,
        unit: 'µs',
        budget: budget + REDACTION_AND_RULES_US,
      },
      {
        what: `${what}, added per call, with 20 rules`,
        measured: added('ruled', 'nsPerCall') / 1000,
        unit: 'µs',
        budget: budget + REDACTION_AND_RULES_US,
      },
      {
        what: `${what}, delivered`,
        measured: delivered * 100,
        unit: '%',
        budget: 100,
        isLeast: true,
      },
      {
        what: `${what}, longest gap added`,
        measured: added('with', 'longestGapMs'),
        unit: 'ms',
        budget: 5,
      },
      {
        what: `${what}, peak RSS added`,
        measured: added('with', 'rssKib') / 1024,
        unit: 'MiB',
        budget: 45,
      },
    );
  }
  return found;
}

/** What rules add to a call that is exported anyway. */
export async function rules(subject: Subject): Promise<Result[]> {
  const results: Result[] = [];
  for (const [what, source, budget] of [
    ['20 rules', TWENTY_RULES, 0.5],
    ['ready-made rules that find two ids', 'key-value,context-ids', 1],
  ] as const) {
    const collector = await createCollector();
    const plain = subject.preloaded(collector.url);
    const ruled = subject.preloaded(collector.url, { OTEL_REGISTER_RULES: source });
    const args = ['string', String(CALLS)];
    const runs = await interleave(subject.rounds, {
      without: () => runAndCount(collector, plain, args),
      with: () => runAndCount(collector, ruled, args),
    });
    await collector.close();
    const measured = medianDifference(runs, reported('nsPerCall')) / 1000;
    results.push({ what: `${what}, added per call`, measured, unit: 'µs', budget });
  }
  return results;
}

// What was received is looked at before the next program runs.
async function runAndCount(collector: Collector, variant: Variant, args: string[]): Promise<Run> {
  const run = await runProgram(variant, 'calls.cjs', args);
  collector.count();
  return run;
}
