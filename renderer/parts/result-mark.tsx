import { Check, Hand, Minus, X } from 'lucide-react';
import classes from './result-mark.module.css';

/** The four ways in which a result is told: by shape, word and colour together. */
export type Mark = 'successful' | 'refer' | 'failed' | 'untold';

const signs = { successful: Check, refer: Hand, failed: X, untold: Minus } as const;

/** The shape of a result. Its word always stands beside it, so the shape itself is silent. */
export function ResultMark({ mark, large = false }: { readonly mark: Mark; readonly large?: boolean }) {
  const Sign = signs[mark];
  return (
    <span className={`${classes.mark} ${classes[mark]} ${large ? classes.large : ''}`} aria-hidden="true">
      <Sign className={classes.sign} strokeWidth={mark === 'refer' ? 2.25 : 3} />
    </span>
  );
}
