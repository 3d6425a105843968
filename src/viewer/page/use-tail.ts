import { useEffect, useReducer, useState } from 'preact/hooks';
import { Tail } from './tail.js';

/** What grows older than a range that ends now leaves it about that late. */
const EXPIRY_MS = 1000;

/** Hidden pages are given no frames; what changed is drawn once they are looked at again. */
export function useTail(): Tail {
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
