import { Copy, CopyCheck } from 'lucide-react';
import { type RefObject, useState } from 'react';
import { Button } from './button.tsx';
import classes from './copied-text.module.css';
import { useWords } from './language.ts';
import { ResultMark } from './result-mark.tsx';

interface CopyButtonProps {
  /** What holds the text that is copied. */
  readonly of: RefObject<HTMLElement | null>;
  readonly children: string;
}

/** Copies what is shown elsewhere on the screen, and says so beside itself. */
export function CopyButton({ of, children }: CopyButtonProps) {
  const { t } = useWords();
  const [copied, setCopied] = useState(false);
  // The platform's clipboard asks for a permission that no page has: the selection is copied instead.
  const copy = () => {
    if (of.current === null) return;
    getSelection()?.selectAllChildren(of.current);
    setCopied(document.execCommand('copy'));
  };
  return (
    <>
      <Button icon={copied ? CopyCheck : Copy} onClick={copy}>
        {children}
      </Button>
      <span role="status" className={classes.told}>
        {copied ? (
          <>
            <ResultMark mark="successful" /> {t('common/copied')}
          </>
        ) : null}
      </span>
    </>
  );
}
