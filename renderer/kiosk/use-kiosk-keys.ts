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
    let pressing: ReturnType<typeof setTimeout> | undefined;
    // A scanner types digits too, but never one alone: a number is pressed once none has followed.
    const press = (act: () => void): void => {
      pressing = setTimeout(act, swipeEndsAfterMillis);
    };
    const hear = (event: KeyboardEvent): void => {
      clearTimeout(pressing);
      const isAlone = event.timeStamp - last > swipeEndsAfterMillis;
      last = event.timeStamp;
      const { state, model, act, speak, again } = now.current;
      if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.key === 'Shift') return;
      if (state.time !== null) {
        event.preventDefault();
        return;
      }
      if (!state.speech && state.screen !== 'out-of-order' && state.screen !== 'colleague') {
        speak();
        // The first key is no choice: nobody has heard any yet.
        if (state.screen === 'attract') event.preventDefault();
        if (state.screen === 'attract') return;
      }
      if (event.key === 'Escape' && model.back !== null) act(model.back);
      const isField = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
      if (isField || !isAlone) return;
      if (event.key === '*') press(again);
      else if (event.key === '0') press(() => act({ method: 'callStaff', args: [true] }));
      else {
        const chosen = /^[1-9]$/.test(event.key) ? model.choices[Number(event.key) - 1] : undefined;
        if (chosen !== undefined) press(() => act(chosen.act));
      }
    };
    document.addEventListener('keydown', hear);
    return () => {
      clearTimeout(pressing);
      document.removeEventListener('keydown', hear);
    };
  }, []);
}
