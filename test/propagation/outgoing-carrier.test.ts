import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { LogContext } from '../../src/context/log-context.js';
import { spanIdsOf } from '../../src/otel/active-span.js';
import { boundFrom } from '../../src/propagation/incoming.js';
import { type OutgoingSources, readOutgoing } from '../../src/propagation/outgoing.js';
import { remoteContext } from '../../src/propagation/remote-context.js';
import { createRedaction } from '../helpers/redaction.js';

const test = suite('propagation/outgoing-carrier');

const PARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const OWN = '00-11111111111111111111111111111111-2222222222222222-00';

function sourcesOf(context: LogContext, own?: ReturnType<typeof remoteContext>): OutgoingSources {
  return {
    context,
    ownContext: () => own,
    activeSpan: () => spanIdsOf(own) ?? spanIdsOf(context.bound().trace),
  };
}

test('nothing is told where nothing goes on', () => {
  assert.is(readOutgoing(sourcesOf(new LogContext())), undefined);
});

test('what was told is told on', () => {
  const context = new LogContext();
  const carrier = {
    traceparent: PARENT,
    tracestate: 'a=1,b=2',
    baggage: 'job_id=j%201,x=%2C;ttl=3',
  };
  context.continueFrom(boundFrom(carrier, name => name === 'job_id'));

  assert.equal(readOutgoing(sourcesOf(context)), { ...carrier, names: ['job_id'] });
  assert.equal({ ...context.current() }, { keys: ['job_id'], values: ['j 1'] });
});

test('the program’s own span and baggage come before what was told', () => {
  const context = new LogContext();
  context.continueFrom(boundFrom({ traceparent: PARENT, baggage: 'a=told,b=told' }, () => false));
  const own = remoteContext({ traceparent: OWN, baggage: 'a=own' });

  const told = context.runWith({ c: 7 }, () => readOutgoing(sourcesOf(context, own)));

  assert.equal(told, {
    traceparent: OWN,
    tracestate: undefined,
    baggage: 'c=7,a=own,b=told',
    names: ['c'],
  });
});

test('a field that cannot be written is not named', () => {
  const context = new LogContext();
  const fields = { 'a,other': 1, 'b\0': 2, 'c d': 3, good: 4 };

  const told = context.runWith(fields, () => readOutgoing(sourcesOf(context)));

  assert.equal([told?.baggage, told?.names], ['good=4', ['good']]);
});

test('a context manager that throws costs nothing but its baggage', () => {
  const context = new LogContext();
  context.continueFrom(boundFrom({ traceparent: PARENT }, () => false));
  const ownContext = () => {
    throw new Error('broken');
  };

  assert.is(readOutgoing({ ...sourcesOf(context), ownContext })?.traceparent, PARENT);
});

test('secrets are not told', () => {
  const context = new LogContext();
  const { fields } = createRedaction();
  const sources = { ...sourcesOf(context), redact: fields };

  const told = context.runWith({ job_id: 'j', password: 'hunter2' }, () => readOutgoing(sources));

  assert.match(String(told?.baggage), /^job_id=j,password=/);
  assert.not.match(String(told?.baggage), 'hunter2');
  assert.equal(
    context.runWith({ password: 'hunter2' }, () => context.current()?.values),
    ['hunter2'],
  );
});

test('a context that came from elsewhere is one for an SDK, too', () => {
  const context = remoteContext({ traceparent: PARENT, tracestate: 'a=1, b=2', baggage: 'x=1;p' })!;
  const key = Symbol('key');
  const state = (
    context.getValue(Symbol.for('OpenTelemetry Context Key SPAN')) as {
      spanContext(): { traceState: import('@opentelemetry/api').TraceState };
    }
  ).spanContext().traceState;

  assert.is(context.setValue(key, 5).getValue(key), 5);
  assert.is(context.setValue(key, 5).deleteValue(key).getValue(key), undefined);
  assert.is(state.get('b'), '2');
  assert.is(state.set('b', '3').serialize(), 'b=3,a=1');
  assert.is(state.unset('a').serialize(), ' b=2');
});

test('without what can be read there is no context', () => {
  assert.is(remoteContext({}), undefined);
  assert.is(remoteContext({ traceparent: 'x', baggage: '', tracestate: 'a=1' }), undefined);
});

test.run();
