import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { entry } from './entries.js';

const test = suite('viewer/entry');

test("a record's event and what was dropped of it are among its fields", () => {
  const { attributes, searchText } = entry({
    eventName: 'job.failed',
    attributes: { job_id: 'a' },
    droppedAttributesCount: 3,
  });

  assert.equal(JSON.parse(attributes), {
    'event.name': 'job.failed',
    job_id: 'a',
    'otel.dropped_attributes_count': 3,
  });
  assert.match(searchText, ' job failed ');
});

test('an attribute of that name is kept, and without either there are no such fields', () => {
  const own = entry({ eventName: 'a', attributes: { 'event.name': 'own', ['__proto__']: 'x' } });

  assert.equal(JSON.parse(own.attributes)['event.name'], 'own');
  assert.match(own.attributes, '"__proto__":"x"');
  assert.is(entry().attributes, '{}');
});

test.run();
