import { misreadings, reread } from '../document/keyboard-layouts.ts';
import { isCompactJws } from '../verification/order-case.ts';
import { largestToken, takeApart } from './jws.ts';
import { orderType } from './signed-order.ts';

const misread = misreadings('token');

/**
 * The token of an order in what a scanner typed that is set to another keyboard than the computer's. Null where there is none in form,
 * and where the text has the form of one as it stands: nothing of that is read otherwise. What the token is worth is for who knows
 * the keys.
 */
export function misreadToken(text: string): string | null {
  const typed = text.trim();
  if (typed.length > largestToken || /[\s{]/.test(typed) || isCompactJws(typed)) return null;
  for (const meant of misread) {
    const token = reread(typed, meant);
    if (isCompactJws(token) && !('fault' in takeApart(token, orderType))) return token;
  }
  return null;
}
