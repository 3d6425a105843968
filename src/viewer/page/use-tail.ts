import { useEffect, useReducer, useState } from 'preact/hooks';
import { Tail } from './tail.js';

/** Hidden pages are given no frames; what changed is drawn once they are looked at again. */
export function useTail(): Tail {
  const [, rerender] = useReducer((n: number, _: undefined) => n + 1, 0);
  const [tail] = useState(() => new Tail(oncePerFrame(() => rerender(undefined))));
  useEffect(() => () => tail.close(), []);
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
