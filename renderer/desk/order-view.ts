import type { CaseView, Language, OrderInput } from '../../preload/contract.ts';

type Amount = NonNullable<NonNullable<CaseView['order']>['amount']>;

/** A sum as people read it, digit for digit as it was ordered: `125 000,00 SEK`. */
export function amountInWords(language: Language, { value, currency }: Amount): string {
  const [whole = '', part] = value.split('.');
  const [gap, point] = language === 'sv' ? ['\u00a0', ','] : [',', '.'];
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, gap);
  return `${grouped}${part === undefined ? '' : `${point}${part}`}\u00a0${currency}`;
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
