import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { beforeHead } from '../../src/http/before-head.js';

const test = suite('http/before-head');

class Request {
  rendered = 0;

  _implicitHeader(): void {
    this.rendered++;
  }
}

test('what is to be done comes first, each time a head is rendered', () => {
  const request = new Request();
  const seen: number[] = [];
  beforeHead(request, () => seen.push(request.rendered));
  request._implicitHeader();
  request._implicitHeader();
  assert.equal(seen, [0, 1]);
});

test('the head is rendered although that fails', () => {
  const request = new Request();
  beforeHead(request, () => {
    throw new Error('ours');
  });
  request._implicitHeader();
  assert.is(request.rendered, 1);
});

test('a method that the request has of its own renders its head', () => {
  let ownCalls = 0;
  const request = Object.assign(new Request(), { _implicitHeader: () => ownCalls++ });
  beforeHead(request, () => {});
  request._implicitHeader();
  assert.is(ownCalls, 1);
  assert.is(request.rendered, 0);
});

test('what inherits from a request renders its head once', () => {
  const request = new Request();
  beforeHead(request, () => {});
  const derived = Object.create(request) as Request;
  derived._implicitHeader();
  assert.is(derived.rendered, 1);
});

test('what renders no head is left alone', () => {
  const request = {};
  beforeHead(request, () => {});
  assert.equal(Reflect.ownKeys(request), []);
});

test.run();
