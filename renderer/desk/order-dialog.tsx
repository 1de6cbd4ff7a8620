import { Search } from 'lucide-react';
import { useState } from 'react';
import { longest } from '../../main/result/bounds.ts';
import type { Answer, OfferedOrderView } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { useDraft } from '../parts/drafts.ts';
import fieldClasses from '../parts/field.module.css';
import { Field } from '../parts/field.tsx';
import { dayAndTime } from '../parts/formats.ts';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { useAsking } from '../parts/use-asking.ts';
import orderClasses from './order.module.css';
import { amountInWords, emptyOrder, type OrderFields, orderInput } from './order-view.ts';
import classes from './question.module.css';

type Way = 'typed' | 'code' | 'offered';

/** What the bank's systems handed over: the newest, and how many wait besides. */
export interface Offered {
  readonly orders: readonly OfferedOrderView[];
  readonly more: number;
}

interface OrderDialogProps {
  readonly offered: Offered;
  readonly onClose: () => void;
}

/** What the customer is to confirm: typed, scanned, or taken from what the bank's system handed over. */
export function OrderDialog({ offered, onClose }: OrderDialogProps) {
  const { t } = useWords();
  const { ask, busy, failure } = useAsking();
  const isAnyOffered = offered.orders.length + offered.more > 0;
  const [query, setQuery] = useDraft('order/query', '');
  const [found, setFound] = useState<Found | null>(null);
  const [way, setWay] = useDraft<Way>('order/way', isAnyOffered ? 'offered' : 'typed');
  const [fields, setFields] = useDraft('order/fields', emptyOrder);
  const [code, setCode] = useDraft('order/code', '');
  const input = orderInput(fields);
  const ways: readonly Way[] = isAnyOffered ? ['offered', 'typed', 'code'] : ['typed', 'code'];
  const isFilled = way === 'typed' ? input !== null : code.trim() !== '';
  const search = async () => {
    const asked = query.trim();
    const answer = asked === '' ? null : await ask('case.findOrders', asked);
    setFound(answer === null ? null : { query: asked, ...answer.value });
  };
  const submit = async () => {
    if (way === 'offered') return search();
    if (!isFilled) return;
    const answer =
      way === 'typed' && input !== null ? await ask('case.typeOrder', input) : await ask('case.readOrder', code);
    if (answer !== null) onClose();
  };
  const take = async (hash: string) => {
    if ((await ask('case.takeOrder', hash)) !== null) onClose();
  };
  return (
    <Dialog title={t('order/question')} onClose={onClose}>
      <form
        className={classes.body}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <fieldset className={classes.ways} aria-label={t('order/way')}>
          {ways.map((each) => (
            <Button
              key={each}
              kind={each === way ? 'plain' : 'quiet'}
              pressed={each === way}
              onClick={() => setWay(each)}
            >
              {t(`order/way-${each}`)}
            </Button>
          ))}
        </fieldset>
        {way === 'typed' ? <TypedFields fields={fields} onChange={setFields} /> : null}
        {way === 'code' ? (
          <Field label={t('order/code')} help={t('order/codeHelp')}>
            {(attributes) => (
              <textarea
                {...attributes}
                className={fieldClasses.input}
                rows={4}
                value={code}
                maxLength={longest.orderCode}
                autoComplete="off"
                spellCheck={false}
                onChange={(event) => setCode(event.target.value)}
              />
            )}
          </Field>
        ) : null}
        {way === 'offered' ? (
          <OfferedOrders
            {...{ offered, found, query, busy }}
            onQuery={(text) => {
              setQuery(text);
              if (text.trim() === '') setFound(null);
            }}
            onTake={(hash) => void take(hash)}
          />
        ) : null}
        {failure === null ? null : <FailureNotice code={failure} />}
        <div className={classes.actions}>
          {way === 'offered' ? null : (
            <Button type="submit" kind="main" disabled={busy || !isFilled}>
              {t('order/save')}
            </Button>
          )}
          <Button kind="quiet" onClick={onClose}>
            {t('common/cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

const longestOf = {
  issuer: longest.orderIssuer,
  text: longest.orderText,
  amount: 40,
  currency: 3,
  reference: longest.orderReference,
} as const;

interface TypedProps {
  readonly fields: OrderFields;
  readonly onChange: (fields: OrderFields) => void;
}

function TypedFields({ fields, onChange }: TypedProps) {
  const { t } = useWords();
  const field = (name: keyof typeof longestOf) => (
    <Field label={t(`order/${name}`)}>
      {(attributes) => (
        <input
          {...attributes}
          className={fieldClasses.input}
          value={fields[name]}
          maxLength={longestOf[name]}
          autoComplete="off"
          onChange={(event) => onChange({ ...fields, [name]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <>
      {field('issuer')}
      {field('text')}
      <p className={classes.help}>{t('order/ifAny')}</p>
      <div className={orderClasses.trio}>
        {field('amount')}
        {field('currency')}
        {field('reference')}
      </div>
      <Field label={t('order/until')}>
        {(attributes) => (
          <input
            {...attributes}
            type="datetime-local"
            className={fieldClasses.input}
            value={fields.until}
            onChange={(event) => onChange({ ...fields, until: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

type Found = Answer<'case.findOrders'> & { readonly query: string };

interface OfferedProps {
  readonly offered: Offered;
  /** What the last search found; null before one. */
  readonly found: Found | null;
  readonly query: string;
  readonly busy: boolean;
  readonly onQuery: (text: string) => void;
  readonly onTake: (hash: string) => void;
}

function OfferedOrders({ offered, found, query, busy, onQuery, onTake }: OfferedProps) {
  const { t } = useWords();
  const { orders, more } = found ?? offered;
  return (
    <>
      {offered.more > 0 || query !== '' ? (
        <div className={classes.search}>
          <Field label={t('order/find')}>
            {(attributes) => (
              <input
                {...attributes}
                className={fieldClasses.input}
                value={query}
                maxLength={longest.query}
                autoComplete="off"
                spellCheck={false}
                onChange={(event) => onQuery(event.target.value)}
              />
            )}
          </Field>
          <Button type="submit" icon={Search} disabled={busy || query.trim() === ''}>
            {t('order/search')}
          </Button>
        </div>
      ) : null}
      <p className={classes.help} role="status">
        {found === null ? (more > 0 ? t('order/moreWait', { count: more }) : '') : foundWords(t, found)}
      </p>
      <OrderCards {...{ orders, busy, onTake }} />
    </>
  );
}

function foundWords(t: ReturnType<typeof useWords>['t'], { query, orders, more, unopened }: Found): string {
  const what =
    orders.length === 0
      ? t('order/noneFound', { query })
      : more > 0
        ? t('order/moreFound', { count: more })
        : t('order/found', { count: orders.length });
  return unopened > 0 ? `${what} ${t('order/unopened', { count: unopened })}` : what;
}

interface CardsProps extends Pick<OfferedProps, 'busy' | 'onTake'> {
  readonly orders: readonly OfferedOrderView[];
}

// Two orders may say the same: by their reference and their end they are told apart.
function OrderCards({ orders, busy, onTake }: CardsProps) {
  const { t, language } = useWords();
  return (
    <ul className={classes.cards}>
      {orders.map(({ hash, issuer, text, amount, reference, expiresAt }) => (
        <li key={hash}>
          <button type="button" className={classes.card} disabled={busy} onClick={() => onTake(hash)}>
            <span className={classes.cardText}>
              <bdi className={`${classes.cardName} ${orderClasses.lines}`}>{text}</bdi>
              <span className={classes.cardHelp}>
                <bdi>{issuer}</bdi>
                {amount === null ? null : <bdi>{` · ${amountInWords(language, amount)}`}</bdi>}
                {reference === null ? null : <bdi>{` · ${reference}`}</bdi>}
                {expiresAt === null ? null : ` · ${t('order/until')} ${dayAndTime(language, expiresAt)}`}
              </span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
