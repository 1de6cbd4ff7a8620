import { useState } from 'react';
import type { CaseView, OfferedOrderView } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import { dayAndTime } from '../parts/formats.ts';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { Quote } from '../parts/quote.tsx';
import { useAsking } from '../parts/use-asking.ts';
import { OrderDialog } from './order-dialog.tsx';
import { amountInWords } from './order-view.ts';
import classes from './question.module.css';

interface OrderPanelProps {
  readonly view: CaseView;
  readonly offered: readonly OfferedOrderView[];
}

/** What the customer is to confirm, for staff and customer to read before the document is laid down. */
export function OrderPanel({ view, offered }: OrderPanelProps) {
  const { t } = useWords();
  const { ask, busy, failure } = useAsking();
  const [asking, setAsking] = useState(false);
  const { order } = view;
  const isRead = view.reading.state === 'reading';
  if (view.carriesOrder === 'none' && order === null) return null;
  return (
    <section className={classes.reasons} aria-labelledby="order-panel">
      <h2 id="order-panel">{t('order/title')}</h2>
      {order === null ? (
        <p className={classes.help}>{t(view.carriesOrder === 'required' ? 'order/required' : 'order/optional')}</p>
      ) : (
        <OrderWords order={order} />
      )}
      {failure === null ? null : <FailureNotice code={failure} />}
      <div className={classes.actions}>
        <Button disabled={busy || isRead} onClick={() => setAsking(true)}>
          {t(order === null ? 'order/add' : 'order/change')}
        </Button>
        {order === null ? null : (
          <Button kind="quiet" disabled={busy || isRead} onClick={() => void ask('case.dropOrder')}>
            {t('order/remove')}
          </Button>
        )}
      </div>
      {asking ? <OrderDialog offered={offered} onClose={() => setAsking(false)} /> : null}
    </section>
  );
}

// Names and words of others stand by themselves: their direction is theirs and does not turn what stands beside them (UAX #9).
function OrderWords({ order }: { readonly order: NonNullable<CaseView['order']> }) {
  const { t, language } = useWords();
  const { issuer, text, amount, reference, expiresAt, source, boundBy, codes, record } = order;
  const [code] = codes;
  const rows: readonly (readonly [string, string | null])[] = [
    [t('order/issuer'), issuer],
    [t('order/text'), text],
    [t('order/amount'), amount === null ? null : amountInWords(language, amount)],
    [t('order/reference'), reference],
    [t('order/until'), expiresAt === null ? null : dayAndTime(language, expiresAt)],
  ];
  return (
    <>
      <dl className={classes.sealed}>
        {rows.map(([label, value]) =>
          value === null ? null : (
            <div key={label} style={{ display: 'contents' }}>
              <dt>{label}</dt>
              <dd style={{ whiteSpace: 'pre-line' }}>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ),
        )}
      </dl>
      <p className={classes.help}>{t(`order/source-${source}`)}</p>
      {boundBy === null ? null : <p>{t(`order/boundBy-${boundBy}`)}</p>}
      {code === undefined ? <Quote>{t('order/ask')}</Quote> : <FailureNotice code={code} />}
      {record === null ? null : <p>{t('order/record', { record })}</p>}
    </>
  );
}
