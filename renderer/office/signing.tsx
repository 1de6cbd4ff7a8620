import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { SigningView } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import { useWords } from '../parts/language.ts';
import { ResultMark } from '../parts/result-mark.tsx';
import { Fingerprint } from './fingerprint.tsx';
import classes from './signers.module.css';
import { inOrderOfUse, isTakeable, pinMarks, signerFields, signingWords } from './signers-view.ts';

interface SigningProps {
  readonly signing: SigningView;
  /** Whether somebody here has just asked for it, with a button that is gone. */
  readonly opened: boolean;
  /** Not now, and the element of this id says why. */
  readonly notNow: string | undefined;
  readonly onPin: (fingerprint: string, subject: string) => void;
  readonly onPinAuthority: (fingerprint: string, subject: string) => void;
  readonly onTake: () => void;
  readonly onLeave: () => void;
}

/** By whom a list is signed, to be compared with what the publisher gave another way, before two people vouch for it. */
export function Signing({ signing, opened, notNow, onPin, onPinAuthority, onTake, onLeave }: SigningProps) {
  const { t, language } = useWords();
  const { asIssuer } = signing;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (opened) heading.current?.focus();
  }, [opened]);
  const { question, list } = signingWords(signing, language, t);
  return (
    <div className={classes.signing} data-testid="signing">
      <h3 ref={heading} tabIndex={-1} className={classes.question}>
        {question}
      </h3>
      <p>{list}</p>
      <p>{t('trust/signers/compare')}</p>
      {inOrderOfUse(signing.certificates).map(({ part, state, certificate }) => (
        <div key={certificate.fingerprint} className={classes.certificate} data-testid={`signer-${part}`}>
          <h4 className={classes.part}>{t(`trust/signers/parts/${part}`)}</h4>
          <dl className={classes.fields}>
            <div>
              <dt>{t('trust/signers/fields/fingerprint')}</dt>
              <dd>
                <Fingerprint digits={certificate.fingerprint} />
              </dd>
            </div>
            {signerFields(certificate, language, t).map(({ field, value }) => (
              <div key={field} className={classes.field}>
                <dt>{t(`trust/signers/fields/${field}`)}</dt>
                <dd>
                  <bdi>{value}</bdi>
                  {field === 'validity' ? ` · ${t(`trust/validities/${certificate.validity}`)}` : null}
                </dd>
              </div>
            ))}
          </dl>
          {asIssuer === null ? null : (
            <AsIssuer
              asIssuer={asIssuer}
              notNow={notNow}
              onPin={() => onPinAuthority(certificate.fingerprint, certificate.subject)}
            />
          )}
          {asIssuer === null ? null : <h5 className={classes.part}>{t('trust/signers/asSigner')}</h5>}
          {state === null || state === 'proposed' ? (
            <>
              <p className={classes.small}>{t(`trust/signers/follows/${part}`)}</p>
              <div>
                <Button notNow={notNow} onClick={() => onPin(certificate.fingerprint, certificate.subject)}>
                  {t('trust/signers/pin')}
                </Button>
              </div>
            </>
          ) : (
            <p className={classes.standing}>
              <ResultMark mark={pinMarks[state]} />
              <span>{t(`trust/signers/states/${state}`)}</span>
            </p>
          )}
        </div>
      ))}
      <div className={classes.actions}>
        {isTakeable(signing) ? (
          <Button notNow={notNow} onClick={onTake}>
            {t('trust/signers/take', { file: signing.file })}
          </Button>
        ) : null}
        <Button icon={X} kind="quiet" notNow={notNow} onClick={onLeave}>
          {t('trust/signers/leave')}
        </Button>
      </div>
    </div>
  );
}

interface AsIssuerProps extends Pick<SigningProps, 'notNow'> {
  readonly asIssuer: NonNullable<SigningView['asIssuer']>;
  readonly onPin: () => void;
}

/** Whether a certificate may count as a state's own, and to vouch for it as that. */
function AsIssuer({ asIssuer: { refusal, stands }, notNow, onPin }: AsIssuerProps) {
  const { t, failure } = useWords();
  return (
    <>
      <h5 className={classes.part}>{t('trust/authorities/asIssuer')}</h5>
      {stands ? (
        <p className={classes.standing}>
          <ResultMark mark="successful" />
          <span>{t('trust/authorities/stands')}</span>
        </p>
      ) : refusal === null ? (
        <>
          <p className={classes.small}>{t('trust/authorities/follows')}</p>
          <div>
            <Button notNow={notNow} onClick={onPin}>
              {t('trust/authorities/pin')}
            </Button>
          </div>
        </>
      ) : (
        <p className={classes.standing}>
          <ResultMark mark="untold" />
          <span>{failure(refusal).happened}</span>
        </p>
      )}
    </>
  );
}
