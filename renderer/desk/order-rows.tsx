import { useWords } from '../parts/language.ts';
import classes from './order.module.css';
import { type OrderInWords, orderRows } from './order-view.ts';

/**
 * An order as people read it. Words and names are of others: each stands by itself, so that its direction does not turn what
 * stands beside it (UAX #9).
 */
export function OrderRows({ order }: { readonly order: OrderInWords }) {
  const { t, language } = useWords();
  return (
    <dl className={classes.rows}>
      {orderRows(order, language).map(({ label, value }) => (
        <div key={label} className={classes.row} data-row={label}>
          <dt>{t(`order/${label}`)}</dt>
          <dd>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}
