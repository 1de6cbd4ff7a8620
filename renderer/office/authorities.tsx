import type { AuthorityView } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import { useWords } from '../parts/language.ts';
import { ResultMark } from '../parts/result-mark.tsx';
import { BasisPart, type PartProps } from './basis-part.tsx';
import { Fingerprint } from './fingerprint.tsx';
import signerClasses from './signers.module.css';
import { wordMarks, wordWords } from './trust-basis-view.ts';
import { countryName, nameInShort } from './trust-view.ts';
import { type TrustAct, useTrustAct } from './use-trust-act.ts';

/** The certificates of states that stand here by somebody's word for each: to be given anew, and taken back. */
export function Authorities({ basis, notNow, rights, onChanged }: PartProps) {
  const { t } = useWords();
  const act = useTrustAct(onChanged);
  const { authorities, authorityCount, limits } = basis;
  return (
    <BasisPart
      title={t('trust/authorities/title')}
      help={t('trust/authorities/help', { days: t('trust/limits/days', { count: limits.certificateDays }) })}
      act={act}
      testId="authorities"
    >
      {authorities.length === 0 ? (
        <p>{t('trust/authorities/none')}</p>
      ) : (
        <ul className={signerClasses.pins}>
          {authorities.map((authority) => (
            <Authority
              key={authority.certificate.fingerprint}
              authority={authority}
              notNow={notNow}
              act={rights.mayChange && authority.own ? act : null}
            />
          ))}
        </ul>
      )}
      {authorityCount > authorities.length ? (
        <p>{t('trust/signers/more', { count: authorityCount - authorities.length })}</p>
      ) : null}
    </BasisPart>
  );
}

interface AuthorityProps extends Pick<PartProps, 'notNow'> {
  readonly authority: AuthorityView;
  /** Null where nobody here may change it. */
  readonly act: TrustAct | null;
}

function Authority({ authority, notNow, act }: AuthorityProps) {
  const { t, language } = useWords();
  const { certificate, freshness, own, alsoHeld } = authority;
  const { fingerprint, subject } = certificate;
  const name = nameInShort(subject);
  return (
    <li className={signerClasses.pin}>
      <p className={signerClasses.standing}>
        <ResultMark mark={wordMarks[freshness]} />
        <span>
          <strong>
            <bdi>{name}</bdi>
          </strong>{' '}
          {countryName({ code: certificate.country, names: certificate.names }, language, t)}.{' '}
          {wordWords(authority, language, t)}
        </span>
      </p>
      {alsoHeld && own ? <p className={signerClasses.small}>{t('trust/authorities/alsoHeld')}</p> : null}
      <Fingerprint digits={fingerprint} />
      {act === null ? null : (
        <div className={signerClasses.actions}>
          <Button
            notNow={notNow}
            onClick={() => void act.act(t('trust/authorities/pinned', { name }), 'trust.pinAuthority', fingerprint)}
          >
            {t('trust/authorities/again', { name })}
          </Button>
          <Button
            notNow={notNow}
            onClick={() => void act.act(t('trust/authorities/withdrawn'), 'trust.unpinAuthority', fingerprint)}
          >
            {t('trust/authorities/withdraw', { name })}
          </Button>
        </div>
      )}
    </li>
  );
}
