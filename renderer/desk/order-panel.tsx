import { useState } from 'react';
import type { CaseView } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { Quote } from '../parts/quote.tsx';
import { useAsking } from '../parts/use-asking.ts';
import classes from './order.module.css';
import { type Offered, OrderDialog } from './order-dialog.tsx';
import { OrderRows } from './order-rows.tsx';
import questionClasses from './question.module.css';

interface OrderPanelProps {
  readonly view: CaseView;
  readonly offered: Offered;
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
    <section className={classes.panel} aria-labelledby="order-panel">
      <h2 id="order-panel" className={classes.title}>
        {t('order/title')}
      </h2>
      {order === null ? <p className={classes.source}>{t(withoutOrder(view))}</p> : <OrderWords order={order} />}
      {failure === null ? null : <FailureNotice code={failure} />}
      {order === null || order.boundBy === null ? null : <p className={classes.source}>{t('order/changeCosts')}</p>}
      <div className={questionClasses.actions}>
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

/** That an order may be added: before the chip is read for one, or once it was read for none. */
function withoutOrder({ carriesOrder, document }: CaseView) {
  if (carriesOrder === 'required') return document === null ? 'order/required' : 'order/requiredRead';
  return document === null ? 'order/optional' : 'order/optionalRead';
}

function OrderWords({ order }: { readonly order: NonNullable<CaseView['order']> }) {
  const { t } = useWords();
  const { source, boundBy, codes, record } = order;
  const [code] = codes;
  return (
    <>
      <OrderRows order={order} />
      <p className={classes.source}>{t(`order/source-${source}`)}</p>
      {boundBy === null ? null : <p>{t(`order/boundBy-${boundBy}`)}</p>}
      {code === undefined ? <Quote say={({ t: said }) => said('order/ask')} /> : <FailureNotice code={code} />}
      {record === null ? null : <p>{t('order/record', { record })}</p>}
    </>
  );
}
