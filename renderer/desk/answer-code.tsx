import { correction, generate } from 'lean-qr';
import { QrCode } from 'lucide-react';
import { useMemo, useState } from 'react';
import { codePicture } from '../../main/result/code-picture.ts';
import type { Answer } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
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
          <Picture short={short} label={t('sealed/code', { bank })} />
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

function Picture({ short, label }: { readonly short: string; readonly label: string }) {
  const { side, path } = useMemo(
    () => codePicture(generate(short, { minCorrectionLevel: correction.L, maxCorrectionLevel: correction.L })),
    [short],
  );
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${side} ${side}`} shapeRendering="crispEdges">
      <path className={classes.codeLight} d={`M0 0h${side}v${side}h-${side}z`} />
      <path className={classes.codeDark} data-testid="answer-code" d={path} />
    </svg>
  );
}
