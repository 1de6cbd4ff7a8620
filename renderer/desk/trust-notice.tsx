import { Clock, ShieldAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { CallResult } from '../../preload/contract.ts';
import { noticeOf } from '../office/trust-view.ts';
import { useBridge } from '../parts/bridge.ts';
import { Button } from '../parts/button.tsx';
import { useWords } from '../parts/language.ts';
import classes from './layout.module.css';

interface TrustNoticeProps {
  /** Asked again whenever this changes: with each case, and when one comes back from another view. */
  readonly moment: string;
  readonly onOpen: () => void;
}

/** Under the reader strip: quietly that a list will be too old, clearly that it is, or that the lists do not answer. Nothing where all is well. */
export function TrustNotice({ moment, onOpen }: TrustNoticeProps) {
  const { t, language } = useWords();
  const bridge = useBridge();
  const [state, setState] = useState<CallResult<'trust.state'> | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another moment, another answer
  useEffect(() => {
    let wanted = true;
    void bridge.call('trust.state').then((result) => {
      if (wanted) setState(result);
    });
    return () => {
      wanted = false;
    };
  }, [bridge, moment]);
  const notice = state === null ? null : noticeOf(state, language, t);
  const Sign = notice?.tone === 'clear' ? ShieldAlert : Clock;
  return (
    <section role="status" aria-label={t('trust/noticeAbout')} data-testid="trust-notice">
      {notice === null ? null : (
        <div className={classes.trustNotice} data-tone={notice.tone}>
          <Sign className={classes.stripSign} aria-hidden="true" />
          <p>{notice.words}</p>
          <Button kind="quiet" onClick={onOpen}>
            {t('trust/lists')}
          </Button>
        </div>
      )}
    </section>
  );
}
