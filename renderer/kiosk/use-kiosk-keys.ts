import { useEffect, useRef } from 'react';
import type { KioskState } from '../../preload/kiosk-contract.ts';
import { swipeEndsAfterMillis } from '../desk/swipe.ts';
import type { KioskAct, ScreenModel } from './screen-model.ts';

interface KeysAround {
  readonly state: KioskState;
  readonly model: ScreenModel;
  readonly act: (act: KioskAct) => void;
  readonly speak: () => void;
  readonly again: () => void;
}

/**
 * The kiosk by keys alone: the first one begins it, and begins its speech; a number presses the choice of that number, zero calls
 * staff, the star says it again, Escape goes back. Where people type, signs are what they type.
 */
export function useKioskKeys(around: KeysAround): void {
  const now = useRef(around);
  now.current = around;
  useEffect(() => {
    let last = Number.NEGATIVE_INFINITY;
    let begunFor = Number.NaN;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const hear = (event: KeyboardEvent): void => {
      clearTimeout(waiting);
      const isAlone = event.timeStamp - last > swipeEndsAfterMillis;
      last = event.timeStamp;
      const { state, model, act, speak, again } = now.current;
      if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.key === 'Shift') return;
      if (state.time !== null) {
        event.preventDefault();
        return;
      }
      const isAttract = state.screen === 'attract';
      // The first key is no choice: nobody has heard any yet.
      if (isAttract) event.preventDefault();
      else if (event.key === 'Escape' && model.back !== null) act(model.back);
      // A scanner types too, but never one key alone: what a key means is done once none has followed.
      if (!isAlone) return;
      const isField = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
      const chosen = /^[1-9]$/.test(event.key) ? model.choices[Number(event.key) - 1] : undefined;
      const isMute = state.screen === 'out-of-order' || state.screen === 'colleague';
      waiting = setTimeout(() => {
        // Once for each person: whoever turned it off wants it off.
        if (!isMute && begunFor !== state.visit) {
          begunFor = state.visit;
          if (!state.speech) speak();
        }
        if (isAttract || isField) return;
        if (event.key === '*') again();
        else if (event.key === '0') act({ method: 'callStaff', args: [true] });
        else if (chosen !== undefined) act(chosen.act);
      }, swipeEndsAfterMillis);
    };
    document.addEventListener('keydown', hear);
    return () => {
      clearTimeout(waiting);
      document.removeEventListener('keydown', hear);
    };
  }, []);
}
