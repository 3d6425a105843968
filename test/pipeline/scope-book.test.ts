import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PageWalk } from '../../src/pipeline/page-walk.js';
import { OVERFLOW_STREAM, TAG_SCOPE } from '../../src/pipeline/protocol.js';
import { RecordList } from '../../src/pipeline/record-list.js';
import { createScopeBuffer, ScopeBook } from '../../src/pipeline/scope-book.js';
import { frameBytes } from '../helpers/frames.js';
import { entry } from '../helpers/spool.js';

const test = suite('pipeline/scope-book');

/** A frame has 16 bits for the id of a scope. */
const IDS = 65_535;

function define(book: ScopeBook, stream: number, scopeId: number, name: string): void {
  const frame = frameBytes(Buffer.from(name), { tag: TAG_SCOPE, severity: 0, scopeId });
  book.add(stream, frame, 0);
}

/** As whoever reads what follows knows it; the records that tests make are of scope 1. */
function firstScope(book: ScopeBook, stream: number): string {
  const walk = new PageWalk();
  walk.learn(book.entries());
  const records = new RecordList();
  const bytes = entry(['record'], { stream });
  walk.begin({ bytes, length: bytes.length, spooledAt: -1 });
  walk.next(records);
  return Buffer.from(records.scopes[0]!).toString();
}

test('each stream has its scopes, also for a successor', () => {
  const buffer = createScopeBuffer();
  const book = new ScopeBook(buffer);
  define(book, 0, 1, 'zero');
  define(book, 7, 1, 'seven');

  const successor = new ScopeBook(buffer);
  assert.is(firstScope(successor, 0), 'zero');
  assert.is(firstScope(successor, 7), 'seven');
  assert.is(firstScope(successor, 8), '');
});

test('a stream that is over is forgotten', () => {
  const book = new ScopeBook(createScopeBuffer());
  define(book, 0, 1, 'zero');
  define(book, 7, 1, 'seven');
  book.forget(7);

  assert.is(firstScope(book, 0), 'zero');
  assert.is(firstScope(book, 7), '');
});

test('what an id meant before all ids were used up is not taken for what it means now', () => {
  const book = new ScopeBook(createScopeBuffer());
  define(book, 7, 1, 'seven');
  for (let id = 1; id <= IDS; id++) define(book, 0, id, `first ${id}`);
  define(book, 0, 1, 'used for the second time');

  assert.is(firstScope(book, 0), 'used for the second time');
  assert.is(firstScope(book, 7), 'seven');
});

test('what is read once more from the file of what had no room takes no more room', () => {
  const book = new ScopeBook(createScopeBuffer());
  const stream = OVERFLOW_STREAM + 7;
  define(book, stream, 1, 'one');
  define(book, stream, 2, 'two');
  const before = book.entries();
  define(book, stream, 1, 'one');
  define(book, stream, 2, 'two');

  assert.equal(book.entries(), before);
});

test.run();
