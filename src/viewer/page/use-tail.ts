import { useEffect, useReducer, useState } from 'preact/hooks';
import type { View } from './address.js';
import type { Question } from './question.js';
import { Tail } from './tail.js';
import { isOpenEnded } from './time-range.js';

/** What grows older than a range that ends now leaves it about that late. */
const EXPIRY_MS = 1000;

/** The records of a question, opened anew with each other one. */
export function useTail({ range, recordId, traceId }: View, question: Question): Tail {
  const tail = useDrawnTail();
  useEffect(() => {
    tail.open(question.now, isOpenEnded(range), traceId === null ? recordId : null);
  }, [question.key]);
  return tail;
}

/** Hidden pages are given no frames; what changed is drawn once they are looked at again. */
function useDrawnTail(): Tail {
  const [, rerender] = useReducer((n: number, _: undefined) => n + 1, 0);
  const [tail] = useState(() => new Tail(oncePerFrame(() => rerender(undefined))));
  useEffect(() => {
    const timer = setInterval(() => tail.expire(), EXPIRY_MS);
    return () => {
      clearInterval(timer);
      tail.close();
    };
  }, []);
  return tail;
}

function oncePerFrame(draw: () => void): () => void {
  let isAsked = false;
  return () => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      draw();
    });
  };
}
