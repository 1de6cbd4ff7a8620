import { useRef, useState } from 'react';
import type { TrustBasisView } from '../../preload/contract.ts';
import recordClasses from '../desk/records.module.css';
import { CopyButton } from '../parts/copied-text.tsx';
import { Field } from '../parts/field.tsx';
import { useWords } from '../parts/language.ts';
import { ResultMark } from '../parts/result-mark.tsx';
import { BasisPart } from './basis-part.tsx';
import { Fingerprint } from './fingerprint.tsx';
import signerClasses from './signers.module.css';
import classes from './trust-basis.module.css';
import { comparedWith } from './trust-basis-view.ts';

/** The station's own key: as people read it aloud, compared with what they were given, and as a file. */
export function OwnKey({ station }: Pick<TrustBasisView, 'station'>) {
  const { t } = useWords();
  const [given, setGiven] = useState('');
  const file = useRef<HTMLPreElement>(null);
  const compared = station === null ? null : comparedWith(given, station);
  return (
    <BasisPart title={t('trust/ownKey/title')} help={t('trust/ownKey/help')} act={null} testId="own-key">
      {station === null ? (
        <p>{t('trust/ownKey/none')}</p>
      ) : (
        <>
          <dl className={signerClasses.fields}>
            <div>
              <dt>{t('trust/signers/fields/fingerprint')}</dt>
              <dd>
                <Fingerprint digits={station.fingerprint} />
              </dd>
            </div>
          </dl>
          <Field label={t('trust/ownKey/compare')} help={t('trust/ownKey/compareHelp')}>
            {(attributes) => (
              <input
                {...attributes}
                className={recordClasses.input}
                value={given}
                maxLength={200}
                autoComplete="off"
                spellCheck={false}
                onChange={({ target }) => setGiven(target.value)}
              />
            )}
          </Field>
          <p role="status" className={signerClasses.standing} data-testid="own-key-compared">
            {compared === null ? null : (
              <>
                <ResultMark
                  mark={compared.is === 'same' ? 'successful' : compared.is === 'unfinished' ? 'untold' : 'failed'}
                />
                <span>
                  {compared.is === 'differs'
                    ? t('trust/ownKey/differs', { number: compared.group })
                    : compared.is === 'unfinished'
                      ? t('trust/ownKey/unfinished', { count: compared.count })
                      : t(`trust/ownKey/${compared.is}`)}
                </span>
              </>
            )}
          </p>
          <details>
            <summary className={classes.summary}>{t('trust/ownKey/file')}</summary>
            <div className={classes.form}>
              <pre ref={file} className={classes.file}>
                {station.pem}
              </pre>
              <div>
                <CopyButton of={file}>{t('trust/ownKey/copy')}</CopyButton>
              </div>
              <p className={signerClasses.small}>{t('trust/ownKey/log')}</p>
              {station.logKeys.map((key) => (
                <pre key={key} className={classes.file}>
                  {key}
                </pre>
              ))}
            </div>
          </details>
        </>
      )}
    </BasisPart>
  );
}
