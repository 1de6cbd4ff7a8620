import type { CaseView, Language, OrderInput } from '../../preload/contract.ts';
import { languageFacts } from '../../resources/texts/languages.ts';
import { dayAndTime } from '../parts/formats.ts';

type Amount = NonNullable<NonNullable<CaseView['order']>['amount']>;

/** A sum as people read it, digit for digit as it was ordered: `125 000,00 SEK`. */
export function amountInWords(language: Language, { value, currency }: Amount): string {
  const digits = value.split('.')[1]?.length ?? 0;
  const format = new Intl.NumberFormat(languageFacts[language].locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: 'always',
  });
  // As text: the number that it would become has fewer digits than an order may.
  return `${format.format(value as `${number}`)}\u00a0${currency}`;
}

/** What of an order people read. */
export type OrderInWords = Pick<
  NonNullable<CaseView['order']>,
  'issuer' | 'text' | 'amount' | 'reference' | 'expiresAt'
>;

interface OrderRow {
  readonly label: 'issuer' | 'text' | 'amount' | 'reference' | 'until';
  readonly value: string;
}

/** What an order says, row by row; what it does not say has none. */
export function orderRows(order: OrderInWords, language: Language): readonly OrderRow[] {
  const { issuer, text, amount, reference, expiresAt } = order;
  const rows: readonly { readonly label: OrderRow['label']; readonly value: string | null }[] = [
    { label: 'text', value: text },
    { label: 'amount', value: amount === null ? null : amountInWords(language, amount) },
    { label: 'reference', value: reference },
    { label: 'issuer', value: issuer },
    { label: 'until', value: expiresAt === null ? null : dayAndTime(language, expiresAt) },
  ];
  return rows.flatMap(({ label, value }) => (value === null ? [] : [{ label, value }]));
}

/** The fields of the page while an order is typed; the end as the page's own field gives it, in local time. */
export interface OrderFields extends Omit<OrderInput, 'expiresAt'> {
  readonly until: string;
}

export const emptyOrder: OrderFields = { issuer: '', text: '', amount: '', currency: 'SEK', reference: '', until: '' };

/** What is sent of the fields; null where what every order says is not there yet. */
export function orderInput({ until, ...fields }: OrderFields): OrderInput | null {
  if (fields.issuer.trim() === '' || fields.text.trim() === '') return null;
  const end = until === '' ? null : new Date(until);
  if (end !== null && Number.isNaN(end.getTime())) return null;
  return {
    ...fields,
    currency: fields.currency.trim().toUpperCase(),
    expiresAt: end === null ? null : end.toISOString(),
  };
}
