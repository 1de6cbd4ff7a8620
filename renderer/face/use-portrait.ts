import { useEffect, useState } from 'react';
import type { CaseView } from '../../preload/contract.ts';
import { useBridge } from '../parts/bridge.ts';
import { decodePortrait } from './decode-portrait.ts';

/** The chip's portrait as far as it is there. `broken`: there are bytes that cannot be shown. */
export type Portrait =
  | { readonly state: 'none' | 'decoding' | 'broken' }
  | { readonly state: 'ready'; readonly picture: ImageBitmap };

const none: Portrait = { state: 'none' };

/** The open case's portrait, decoded once; its pixels are freed when the case, or the reading it came from, is over. */
export function usePortrait(view: CaseView | null): Portrait {
  const bridge = useBridge();
  const [portrait, setPortrait] = useState(none);
  const source = view?.hasPortrait === true ? `${view.id} ${view.reading.taps}` : null;
  useEffect(() => {
    if (source === null) return;
    const leave = new AbortController();
    let shown: ImageBitmap | null = null;
    setPortrait({ state: 'decoding' });
    const fetch = async () => {
      const answer = await bridge.call('case.portrait');
      if (leave.signal.aborted) return;
      const bytes = answer.ok ? answer.value : null;
      const picture = bytes === null ? null : await decodePortrait(bytes, leave.signal);
      if (leave.signal.aborted) return picture?.close();
      shown = picture;
      setPortrait(picture === null ? { state: 'broken' } : { state: 'ready', picture });
    };
    void fetch();
    return () => {
      leave.abort();
      shown?.close();
      setPortrait(none);
    };
  }, [bridge, source]);
  return portrait;
}
