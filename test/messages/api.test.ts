import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runNode } from '../helpers/run-node.js';

const test = suite('messages/api');

const PROGRAM = `
  const { logContext, withMessageContext } = require('@emp/otel-register/api');
  const shown = message => JSON.stringify(withMessageContext(message, () => logContext()));
  const carrier = { baggage: 'request_id=r-1,other=x' };
  const hostile = new Proxy({}, { getOwnPropertyDescriptor() { throw new Error('trap'); } });
  const messages = [
    '{"job_id":"j"}', Buffer.from('{"job_id":"j"}'), { job_id: 'j' }, { job_id: 'j', _otel: carrier },
    ['job_id', 'j', 'baggage', carrier.baggage], { job_id: 'j', ...carrier }, 'text', null, hostile,
  ];
  process.stdout.write(messages.map(shown).join('\\n'));
  try { withMessageContext('{"job_id":1}', () => { throw new RangeError('own'); }); }
  catch (error) { process.stdout.write('\\n' + error.message); }
`;

test('what a message says is bound, whatever form it has', async () => {
  const { stdout } = await runNode({ args: ['-e', PROGRAM], env: { OTEL_REGISTER_SPOOL: 'off' } });

  const told = '{"request_id":"r-1","job_id":"j"}';
  const own = '{"job_id":"j"}';
  const expected = [own, own, own, told, told, told, '{}', '{}', '{}', 'own'];
  assert.equal(stdout.toString().split('\n'), expected);
});

test('without the preload it is only called', async () => {
  const { stdout, code } = await runNode({ preload: false, args: ['-e', PROGRAM] });

  assert.is(code, 0);
  assert.equal(stdout.toString().split('\n'), [...Array(9).fill('{}'), 'own']);
});

test.run();
