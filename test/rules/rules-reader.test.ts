import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readDocument } from '../../src/rules/file/document.js';
import { RulesReader } from '../../src/rules/rules-reader.js';
import { DEBUG, ERROR } from '../../src/severity.js';
import { rulesFolder } from '../helpers/rules-file.js';

const test = suite('rules/rules-reader');

const path = join(rulesFolder(), 'rules.yaml');

function reader(said: string[] = []): RulesReader {
  return new RulesReader({
    source: { path, use: [] },
    packageFolder: join(process.cwd(), 'dist'),
    surroundings: {
      maxAttributes: 9,
      maxValueLength: 9,
      findCallSite: () => undefined,
      say: () => {},
    },
    say: (_, message) => said.push(message),
  });
}

function write(text: string): void {
  writeFileSync(`${path}.next`, text);
  renameSync(`${path}.next`, path);
}

let made = 0;

/** Rules that take 0.3 s each, because they are bad. */
function manyRules(count: number, level: string): string {
  const rules = Array.from({ length: count }, () => {
    const message = `\\s*\\s*\\s*${made++}`;
    return { match: { message }, drop: true };
  });
  return JSON.stringify({ level, rules });
}

const FORMS: Record<string, (json: string) => string> = {
  JSON: json => json,
  YAML: json => `# YAML\n${json.replaceAll('},{', '},\n{')}`,
};

for (const [form, asForm] of Object.entries(FORMS)) {
  test(`${form} that takes long is read in several goes, and used when all of it is`, () => {
    write('level: error');
    const said: string[] = [];
    const rules = reader(said);
    assert.is(rules.read()?.level, ERROR);

    write(asForm(manyRules(2, 'debug')));
    const levels: unknown[] = [];
    do levels.push(rules.read()?.level);
    while (rules.isUnfinished && levels.length < 50);

    assert.not(rules.isUnfinished);
    assert.ok(levels.length > 1, 'one go is enough');
    assert.equal(levels, [...levels.slice(1).map(() => ERROR), DEBUG]);
  });
}

test('at the start one go has to do, and what there is no time for is left out and told', () => {
  write(manyRules(100, 'debug'));
  const said: string[] = [];
  const rules = reader(said);

  assert.is(rules.read()?.level, DEBUG);
  assert.not(rules.isUnfinished);
  assert.match(said[0]!, /takes too long on some texts/);
  assert.match(said[9]!, /is not used: checking .* all the time there is/);
  assert.match(said.at(-1)!, /has \d+ more mistakes/);
});

test('a file that changes while it is read is read anew', () => {
  write('level: error');
  const rules = reader();
  rules.read();
  write(manyRules(2, 'debug'));
  rules.read();
  assert.ok(rules.isUnfinished);

  write('level: debug');
  assert.is(rules.read()?.level, DEBUG);
  assert.not(rules.isUnfinished);
});

test('text that the parser cannot be done with is given up', () => {
  assert.is(readDocument(`rules: ${'['.repeat(250_000)}`, 20), 'late');

  write('level: error');
  const said: string[] = [];
  const rules = reader(said);
  rules.read();
  write(`rules: ${'['.repeat(250_000)}`);
  for (let go = 0; go < 50 && (go === 0 || rules.isUnfinished); go++) rules.read();

  assert.is(rules.read()?.level, ERROR);
  assert.is(said.length, 1);
  assert.match(said[0]!, /takes too long to be read; the rules read before hold/);
});

test.run();
