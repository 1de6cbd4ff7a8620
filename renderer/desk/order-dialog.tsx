import { longest } from '../../main/result/bounds.ts';
import type { OfferedOrderView } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { useDraft } from '../parts/drafts.ts';
import fieldClasses from '../parts/field.module.css';
import { Field } from '../parts/field.tsx';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { useAsking } from '../parts/use-asking.ts';
import orderClasses from './order.module.css';
import { amountInWords, emptyOrder, type OrderFields, orderInput } from './order-view.ts';
import classes from './question.module.css';

type Way = 'typed' | 'code' | 'offered';

interface OrderDialogProps {
  readonly offered: readonly OfferedOrderView[];
  readonly onClose: () => void;
}

/** What the customer is to confirm: typed, scanned, or taken from what the bank's system handed over. */
export function OrderDialog({ offered, onClose }: OrderDialogProps) {
  const { t } = useWords();
  const { ask, busy, failure } = useAsking();
  const [way, setWay] = useDraft<Way>('order/way', offered.length > 0 ? 'offered' : 'typed');
  const [fields, setFields] = useDraft('order/fields', emptyOrder);
  const [code, setCode] = useDraft('order/code', '');
  const input = orderInput(fields);
  const ways: readonly Way[] = offered.length > 0 ? ['offered', 'typed', 'code'] : ['typed', 'code'];
  const isFilled = way === 'typed' ? input !== null : code.trim() !== '';
  const submit = async () => {
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
        {way === 'offered' ? <Offered offered={offered} busy={busy} onTake={(hash) => void take(hash)} /> : null}
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

interface OfferedProps {
  readonly offered: readonly OfferedOrderView[];
  readonly busy: boolean;
  readonly onTake: (hash: string) => void;
}

function Offered({ offered, busy, onTake }: OfferedProps) {
  const { language } = useWords();
  return (
    <ul className={classes.cards}>
      {offered.map(({ hash, issuer, text, amount, reference }) => (
        <li key={hash}>
          <button type="button" className={classes.card} disabled={busy} onClick={() => onTake(hash)}>
            <span className={classes.cardText}>
              <bdi className={`${classes.cardName} ${orderClasses.lines}`}>{text}</bdi>
              <span className={classes.cardHelp}>
                <bdi>{issuer}</bdi>
                {amount === null ? null : <bdi>{` · ${amountInWords(language, amount)}`}</bdi>}
                {reference === null ? null : <bdi>{` · ${reference}`}</bdi>}
              </span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
