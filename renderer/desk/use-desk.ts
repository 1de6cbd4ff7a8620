import { useEffect, useState } from 'react';
import type { DeskState } from '../../preload/contract.ts';
import { useBridge } from '../parts/bridge.ts';

/** The newest snapshot of the desk; null until the first arrives. The page keeps nothing of the case besides it. */
export function useDesk(): DeskState | null {
  const bridge = useBridge();
  const [state, setState] = useState<DeskState | null>(null);
  useEffect(() => {
    const take = (next: DeskState) =>
      setState((known) => (known === null || next.revision >= known.revision ? next : known));
    const stop = bridge.onDesk(take);
    void bridge.call('desk.state').then((result) => {
      if (result.ok) take(result.value);
    });
    return stop;
  }, [bridge]);
  return state;
}
