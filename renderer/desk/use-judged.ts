import { useEffect, useState } from 'react';
import type { TypedMrz } from '../../preload/contract.ts';
import { useBridge } from '../parts/bridge.ts';

/** What the main process says of lines while they are typed; null until it has said it of these. */
export function useJudged(text: string): TypedMrz | null {
  const bridge = useBridge();
  const [judged, setJudged] = useState<{ readonly text: string; readonly typed: TypedMrz } | null>(null);
  useEffect(() => {
    let wanted = true;
    void bridge.call('mrz.judge', text).then((result) => {
      if (wanted && result.ok) setJudged({ text, typed: result.value });
    });
    return () => {
      wanted = false;
    };
  }, [bridge, text]);
  return judged?.text === text ? judged.typed : null;
}
