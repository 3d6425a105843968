import { spawnSync } from 'node:child_process';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const test = suite('pipeline/delivery-report');

const module = (name: string) =>
  JSON.stringify(new URL(`../../src/pipeline/${name}.js`, import.meta.url).href);
const PLACE = 'https://collector.test/v1/logs';

/** What statements that may use `report` and `now` say on stderr. */
function said(statements: string): string {
  const code = `
    import { DeliveryCounts } from ${module('delivery-counts')};
    import { DeliveryReport } from ${module('delivery-report')};
    import { SeverityTally } from ${module('severity-tally')};
    import { monotonicMs } from ${module('clock')};
    const url = 'https://user:secret@collector.test/v1/logs?key=secret#secret';
    const report = new DeliveryReport(url, new DeliveryCounts());
    const now = monotonicMs();
    const lost = (severityNumber, records) => {
      const tally = new SeverityTally();
      tally.add(severityNumber, records);
      return tally;
    };
    ${statements}`;
  const { stderr, status } = spawnSync(process.execPath, ['--input-type=module', '--eval', code]);
  assert.is(status, 0, stderr.toString());
  return stderr.toString();
}

test('trouble of less than ten seconds is nobody’s concern', () => {
  assert.is(said(`report.trouble(now - 9_000, 'away');`), '');
});

test('trouble of ten seconds is said once, without credentials', () => {
  assert.is(
    said(`report.trouble(now - 10_001, 'away'); report.trouble(now - 20_000, 'still away');`),
    `otel-register: No log record has reached ${PLACE} for 10 s (away). They are kept and tried again.\n`,
  );
});

test('each kind of loss is said once, and the sum at the end', () => {
  assert.is(
    said(`
      report.tooMany(lost(9, 3)); report.tooMany(lost(0, 4));
      report.refused(lost(17, 2), 'HTTP 401'); report.refused(lost(9, 2), 'HTTP 401');
      report.refused(lost(5, 1), 'HTTP 413');
      report.rejected(1, 'at 12:00'); report.rejected(1, 'at 12:01');
      report.atEnd(0, true); report.atEnd(0, true);`),
    [
      'Log records were dropped (3 INFO so far): faster than they could be delivered.',
      `Log records were dropped (2 ERROR so far): refused by ${PLACE} (HTTP 401).`,
      `Log records were dropped (1 DEBUG so far): refused by ${PLACE} (HTTP 413).`,
      `Log records were dropped (1 of unknown level so far): rejected by ${PLACE} (at 12:00).`,
      '14 log records were dropped in all (5 INFO, 6 of unknown level, 2 ERROR, 1 DEBUG).',
    ]
      .map(line => `otel-register: ${line}\n`)
      .join(''),
  );
});

test('a sum that was said already is not said again', () => {
  assert.is(said(`report.tooMany(lost(9, 3)); report.atEnd(0, true);`).split('\n').length, 2);
});

test('a long reason is cut', () => {
  assert.ok(said(`report.rejected(1, 'x'.repeat(10_000));`).length < 400);
});

test('nothing is said at the end of what a service could not send', () => {
  assert.is(said(`report.atEnd(5, false);`), '');
});

test('what is neither delivered nor kept at the end is said, with its number', () => {
  assert.match(said(`report.atEnd(5, true, 3);`), /lost at the end of the process \(3\): /);
});

test.run();
