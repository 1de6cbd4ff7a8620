import { Unlink } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { RefusedLinkView } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import { dayAndTime } from '../parts/formats.ts';
import { useWords } from '../parts/language.ts';
import { useAsking } from '../parts/use-asking.ts';
import classes from './layout.module.css';

interface RefusedLinkNoticeProps {
  /** Null where no link was refused, or staff have seen it. */
  readonly refused: RefusedLinkView | null;
}

/**
 * Under the reader strip: that a link of the bank's was refused, and why. The page that opened it hears nothing, so staff are told until
 * they say that they saw it. It stands beside the case and takes neither its place nor the focus.
 */
export function RefusedLinkNotice({ refused }: RefusedLinkNoticeProps) {
  const { t, failure, language } = useWords();
  const { ask, busy } = useAsking();
  // What stands in a live region from its start is not heard: one that was refused before the page came is told after it.
  const [stands, setStands] = useState(false);
  useEffect(() => setStands(true), []);
  return (
    <section role="status" aria-label={t('order/linkAbout')} data-testid="refused-link">
      {refused === null || !stands ? null : (
        <div className={classes.trustNotice} data-tone="clear" data-failure={refused.code}>
          <Unlink className={classes.stripSign} aria-hidden="true" />
          <p>
            {[
              t('order/linkRefused', { when: dayAndTime(language, refused.at) }),
              failure(refused.code).happened,
              failure(refused.code).staff,
            ].join(' ')}
          </p>
          <Button kind="quiet" disabled={busy} onClick={() => void ask('desk.dismissLink', refused.at)}>
            {t('common/close')}
          </Button>
        </div>
      )}
    </section>
  );
}
