import { useEffect } from 'react';
import { createPortal } from 'react-dom';
import type { ReceiptView } from '../../preload/contract.ts';
import type { TextKey } from '../../resources/texts/texts.ts';
import { CodePicture, fitsCode } from '../parts/code-picture.tsx';
import { useCustomerLanguage } from '../parts/customer-language.ts';
import { customerWords, dayAndTimeFor } from '../parts/customer-words.ts';
import { useWords } from '../parts/language.ts';
import classes from './receipt.module.css';

interface PrintedReceiptProps {
  readonly receipt: ReceiptView;
  /** The system's dialog was left, whether or not something was printed. */
  readonly onPrinted: () => void;
}

/**
 * A receipt on its way to paper: the page hands it to the system's own dialog, which prints it or keeps it as PDF. On the screen it is
 * never seen, and while it is there nothing else of the page is printed.
 */
export function PrintedReceipt({ receipt, onPrinted }: PrintedReceiptProps) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: each receipt is printed once
  useEffect(() => {
    document.body.dataset.printing = 'receipt';
    addEventListener('afterprint', onPrinted);
    print();
    return () => {
      removeEventListener('afterprint', onPrinted);
      delete document.body.dataset.printing;
    };
  }, [receipt]);
  return createPortal(<Receipt receipt={receipt} />, document.body);
}

/** That a record is there, how the case ended, and what proves it: in the customer's language, with nothing of a person. */
function Receipt({ receipt }: { readonly receipt: ReceiptView }) {
  const own = useWords();
  const customer = useCustomerLanguage();
  const { recordId, number, hash, endedAt, purpose, outcome, training, proof } = receipt;
  const said = (key: TextKey) => customerWords(customer, own, key);
  const { language, direction } = said('receipt/title');
  return (
    <main className={classes.receipt} lang={language} dir={direction} data-testid="receipt">
      {training ? (
        <p className={classes.watermark}>
          <Said said={said('receipt/training')} />
        </p>
      ) : null}
      <h1 className={classes.title}>
        <Said said={said('receipt/title')} />
      </h1>
      <p>
        <Said said={said('receipt/what')} />
      </p>
      <dl className={classes.facts}>
        {purpose === null ? null : (
          <Fact name={said('receipt/purpose')}>
            <Said said={said(`purposes/${purpose}`)} />
          </Fact>
        )}
        {outcome === null ? null : (
          <Fact name={said('receipt/outcome')}>
            <Said said={said(`outcomes/${outcome}`)} />
          </Fact>
        )}
        <Fact name={said('receipt/when')}>{dayAndTimeFor(language, endedAt)}</Fact>
        <Fact name={said('receipt/record')}>
          <bdi className={classes.mono}>
            {number} · {recordId}
          </bdi>
        </Fact>
        <Fact name={said('receipt/fingerprint')}>
          <bdi className={classes.mono}>{hash}</bdi>
        </Fact>
      </dl>
      <figure className={classes.proof}>
        {fitsCode(proof) ? (
          <CodePicture text={proof} label={own.t('receipt/proof')} testId="receipt-code" />
        ) : (
          <pre className={classes.mono}>{proof}</pre>
        )}
        <figcaption>
          <Said said={said('receipt/proof')} />
        </figcaption>
      </figure>
    </main>
  );
}

type SaidWords = ReturnType<typeof customerWords>;

function Fact({ name, children }: { readonly name: SaidWords; readonly children: React.ReactNode }) {
  return (
    <>
      <dt>
        <Said said={name} />
      </dt>
      <dd>{children}</dd>
    </>
  );
}

/** In the customer's language, with what it means in the teller's below: both read the same paper. */
function Said({ said }: { readonly said: SaidWords }) {
  const own = useWords();
  return (
    <>
      <span lang={said.language} dir={said.direction}>
        {said.words}
      </span>
      {said.meant === null ? null : (
        <span className={classes.meant} lang={own.language}>
          <bdi>{said.meant}</bdi>
        </span>
      )}
    </>
  );
}
