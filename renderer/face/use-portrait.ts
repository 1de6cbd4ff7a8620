import { useEffect, useState } from 'react';
import type { CaseView } from '../../preload/contract.ts';
import { useBridge } from '../parts/bridge.ts';
import { decodePortrait, prepareDecoder } from './decode-portrait.ts';

/** What EF.SOD says of a portrait that is shown (`caseSchema.portrait`). */
export type PortraitStanding = Exclude<CaseView['portrait'], 'none' | 'broken'>;

/** The chip's portrait as far as it is there. `broken`: there are bytes that cannot be shown. */
export type Portrait =
  | { readonly state: 'none' | 'decoding' | 'broken' }
  | { readonly state: 'ready'; readonly picture: ImageBitmap; readonly standing: PortraitStanding };

const none: Portrait = { state: 'none' };
const broken: Portrait = { state: 'broken' };

/** The open case's portrait, decoded once; its pixels are freed when the case, or the reading it came from, is over. */
export function usePortrait(view: CaseView | null): Portrait {
  const bridge = useBridge();
  const [portrait, setPortrait] = useState(none);
  const standing = view === null || view.portrait === 'none' || view.portrait === 'broken' ? null : view.portrait;
  const source = standing === null ? null : `${view?.id} ${view?.reading.taps}`;
  const reading = view === null || view.reading.taps === 0 ? null : `${view.id} ${view.reading.taps}`;
  // Before the effect that takes it: a chip is read for seconds, and a worker is started meanwhile.
  useEffect(() => (reading === null ? undefined : prepareDecoder()), [reading]);
  useEffect(() => {
    if (source === null || standing === null) return;
    const leave = new AbortController();
    let shown: ImageBitmap | null = null;
    setPortrait({ state: 'decoding' });
    const fetch = async () => {
      const answer = await bridge.call('case.portrait');
      if (leave.signal.aborted) return;
      const bytes = answer.ok ? answer.value : null;
      const picture = bytes === null ? null : await decodePortrait(bytes, leave.signal);
      if (leave.signal.aborted) return picture?.close();
      if (bytes !== null) void bridge.call('case.portraitDecoded', picture !== null);
      shown = picture;
      setPortrait(picture === null ? { state: 'broken' } : { state: 'ready', picture, standing });
    };
    void fetch();
    return () => {
      leave.abort();
      shown?.close();
      setPortrait(none);
    };
  }, [bridge, source, standing]);
  return view?.portrait === 'broken' ? broken : portrait;
}
