import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { rulesFile } from '../helpers/rules-file.js';
import { recordsOf } from './console-records.js';
import { runFormatted } from './formatted-output.js';

const test = suite('preload/redaction-forms');

interface Form {
  readonly program: string;
  readonly env?: () => Record<string, string>;
}

const FORMS: Record<string, Form> = {
  'a table': { program: "console.table([{ id: 1, password: 'hunter2xyz!9' }])" },
  'a table with a second look': {
    program: "console.table({ password: 'hunter2xyz!9', id: 1 }, ['id'])",
  },
  'coloured text': {
    program:
      "console.log('x', { dump: require('util').inspect({ password: 'hunter2xyz!9' }, { colors: true }) })",
  },
  'a URL that is cut': {
    program: "console.log('x', { url: 'postgres://application:hunter2SecretPass1@db/x' })",
    env: () => ({ OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: '32' }),
  },
  entries: { program: "console.log(Object.entries({ a: 1, password: 'hunter2xyz!9' }))" },
  'raw headers': {
    program: "console.log(['Host', 'a:80', 'Cookie', 'sid=hunter2', 'Accept', '*/*'])",
  },
  'an attribute that a rule renames': {
    program: "console.log('x', { password: 'hunter2xyz!9' })",
    env: () => ({ OTEL_REGISTER_RULES: rulesFile('rules: [{ rename: { password: pw } }]') }),
  },
  'the name of an error': {
    program:
      "const error = new Error('x'); error.name = 'Auth password=hunter2xyz9'; console.error(error)",
  },
  'the name of a script': {
    // In two pieces: Node takes the comment for one about this file, and its coverage is lost.
    program: `eval("console.error('x') //# ${'sourceURL='}https://u:hunter2@cdn/a.js")`,
    env: () => ({ OTEL_REGISTER_CALL_SITES: 'on' }),
  },
  'a file of rules of which one pattern is bad': {
    program: "console.log('x', { ssn: 'hunter2' })",
    env: () => ({
      OTEL_REGISTER_RULES: rulesFile('redact: { keys: [ssn], patterns: ["(a+)+$"], allow: [] }'),
    }),
  },
};

for (const [form, { program, env }] of Object.entries(FORMS)) {
  test(`no secret of ${form} is sent`, async () => {
    const records = await recordsOf(program, { OTEL_REGISTER_DIAGNOSTICS: 'off', ...env?.() });

    assert.is(records.length, 1);
    const sent = JSON.stringify(records, (_, value) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    assert.match(sent, '[REDACTED]');
    assert.not.match(sent, 'hunter2');
  });
}

for (const format of ['json', 'console'] as const) {
  test(`no secret of a table is printed as ${format}`, async () => {
    const { out } = await runFormatted(FORMS['a table']!.program, format);

    assert.match(out, '[REDACTED]');
    assert.not.match(out, 'hunter2');
  });
}

for (const replacement of [
  'Map.prototype.set = () => { throw 1 }',
  "Array.prototype.join = () => 'zz'",
  'RegExp.prototype.exec = () => null',
]) {
  test(`secrets of a rules file are known after ${replacement}`, async () => {
    const env = { OTEL_REGISTER_RULES: rulesFile('{"redact":{"keys":["ssn"]}}') };
    const program = `${replacement}; console.log('a', { ssn: '1' }); console.log('b', { ssn: '2' });`;
    const records = await recordsOf(program, env);

    assert.equal(
      records.map(({ body, attributes }) => [body, attributes.ssn]),
      [
        ['a', '[REDACTED]'],
        ['b', '[REDACTED]'],
      ],
    );
  });
}

test.run();
