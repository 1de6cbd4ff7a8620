import { useEffect } from 'react';
import { useBridge } from '../parts/bridge.ts';

/** So often at most the desk hears that somebody is there. */
const shortestInterval = 10_000;

/** Tells the desk that somebody touches the page, while `told` holds: else it locks itself. */
export function useActivity(told: boolean): void {
  const bridge = useBridge();
  useEffect(() => {
    if (!told) return;
    let last = Number.NEGATIVE_INFINITY;
    const touched = () => {
      const now = performance.now();
      if (now - last < shortestInterval) return;
      last = now;
      void bridge.call('session.active');
    };
    for (const kind of ['keydown', 'pointerdown', 'pointermove'] as const) document.addEventListener(kind, touched);
    return () => {
      for (const kind of ['keydown', 'pointerdown', 'pointermove'] as const)
        document.removeEventListener(kind, touched);
    };
  }, [bridge, told]);
}
