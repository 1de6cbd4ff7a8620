import { QrCode } from 'lucide-react';
import { useState } from 'react';
import type { Answer } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import { CodePicture } from '../parts/code-picture.tsx';
import { useWords } from '../parts/language.ts';
import classes from './question.module.css';

interface AnswerCodeProps {
  readonly told: NonNullable<Answer<'case.lastAnswer'>>;
}

/** The answer to the bank as a code to scan. It stands open where no other way carries the answer back by itself. */
export function AnswerCode({ told }: AnswerCodeProps) {
  const { t } = useWords();
  const { bank, way, short } = told;
  const [shown, setShown] = useState(way === 'qr' || way === 'link');
  return (
    <div className={classes.answer}>
      {shown ? (
        <figure>
          <CodePicture text={short} label={t('sealed/code', { bank })} testId="answer-code" />
          <figcaption aria-hidden={true}>{t('sealed/code', { bank })}</figcaption>
        </figure>
      ) : (
        <Button icon={QrCode} onClick={() => setShown(true)}>
          {t('sealed/showCode')}
        </Button>
      )}
    </div>
  );
}
