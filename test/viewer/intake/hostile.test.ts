import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { encodeMessage } from '../../../src/receiver/otlp-messages.js';
import { ask, post, withViewer } from '../viewing.js';

const test = suite('viewer/intake/hostile');

const NESTED = 20_000;
const PATHS = ['/v1/logs', '/v1/traces', '/v1/metrics'];

const valid = encodeMessage('ExportLogsServiceRequest', {
  resourceLogs: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'a' } }] },
      scopeLogs: [{ logRecords: [{ body: { stringValue: 'hello' }, attributes: [{ key: 'a' }] }] }],
    },
  ],
});

test(
  'no bytes bring it down, and each request is either accepted or refused',
  withViewer(async viewer => {
    const changed = fc
      .array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 })
      .map(changes => {
        const bytes = Buffer.from(valid);
        for (const [at, byte] of changes) bytes[at] = byte;
        return bytes;
      });
    const bytes = fc.oneof(changed, fc.uint8Array({ maxLength: 60 }));
    const property = fc.asyncProperty(fc.constantFrom(...PATHS), bytes, async (path, body) => {
      const { status } = await post(viewer, path, body);
      assert.ok(status === 200 || status === 400, String(status));
    });
    await fc.assert(property, { numRuns: 300 });
    await ask(viewer, 'records?limit=1000');
  }),
);

test(
  'no JSON brings it down, either',
  withViewer(async viewer => {
    const keys = [
      'resourceLogs',
      'scopeLogs',
      'logRecords',
      'body',
      'stringValue',
      'intValue',
      'attributes',
      'traceId',
    ];
    const { json } = fc.letrec(tie => ({
      json: fc.oneof(
        { maxDepth: 6 },
        fc.constantFrom(null, true, '', '1', '\ud800', 1.5, -1, 1e300, 'x'),
        fc.array(tie('json'), { maxLength: 2 }),
        fc.dictionary(fc.constantFrom(...keys, '__proto__'), tie('json'), { maxKeys: 3 }),
      ),
    }));
    const headers = { 'content-type': 'application/json' };
    const property = fc.asyncProperty(fc.constantFrom(...PATHS), json, async (path, value) => {
      const { status } = await post(viewer, path, JSON.stringify(value), headers);
      assert.ok(status === 200 || status === 400, String(status));
    });
    await fc.assert(property, { numRuns: 300 });
  }),
);

test(
  'values nested without end, names without end and half characters are no end of it',
  withViewer(async viewer => {
    const headers = { 'content-type': 'application/json' };
    const wrap = (body: string, attributes = '[]') =>
      `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":${body},"attributes":${attributes}}]}]}]}`;
    const deep = `${'{"arrayValue":{"values":['.repeat(NESTED)}${']}}'.repeat(NESTED)}`;
    const wide = Array.from(
      { length: 5000 },
      (_, key) => `{"key":"${key}","value":{"intValue":"1"}}`,
    );
    const long = `[{"key":"${'k'.repeat(1e6)}","value":{"kvlistValue":{"values":[${wide}]}}}]`;

    assert.is((await post(viewer, '/v1/logs', wrap(deep), headers)).status, 400);
    assert.is((await post(viewer, '/v1/logs', wrap('{}', long), headers)).status, 200);
    assert.is((await post(viewer, '/v1/logs', wrap('{}', `[${wide}]`), headers)).status, 200);
    const half = wrap(
      '{"stringValue":"\\ud800x"}',
      '[{"key":"\\udfff","value":{"stringValue":"\\ud800"}}]',
    );
    assert.is((await post(viewer, '/v1/logs', half, headers)).status, 200);

    const { records } = await ask(viewer, 'records?filter=x');
    assert.is(records[0].body, '\ufffdx');
    assert.is((await ask(viewer, 'records?filter=4999:1')).records.length, 0);
  }),
);

test.run();
