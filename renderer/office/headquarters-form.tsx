import { FolderOpen, Plug, X } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { longest } from '../../main/result/bounds.ts';
import type { Arguments, HeadquartersChosen, HeadquartersView } from '../../preload/contract.ts';
import recordClasses from '../desk/records.module.css';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { useWords } from '../parts/language.ts';
import { ResultMark } from '../parts/result-mark.tsx';
import { Fingerprint } from './fingerprint.tsx';
import classes from './headquarters.module.css';
import { certificateWords } from './headquarters-view.ts';

interface HeadquartersFormProps extends Pick<HeadquartersView, 'chosen'> {
  /** Not now, and the element of this id says why. */
  readonly notNow: string | undefined;
  readonly onChoose: (what: Arguments<'headquarters.choose'>[0]) => void;
  /** Ends once they are forgotten, or were not. */
  readonly onLeave: () => Promise<unknown>;
  /** Answers whether it was set. */
  readonly onSet: (address: string) => Promise<boolean>;
}

/** To set headquarters: its address, and the files that it gave the station, shown before two people confirm it. */
export function HeadquartersForm({ chosen, notNow, onChoose, onLeave, onSet }: HeadquartersFormProps) {
  const { t } = useWords();
  const [address, setAddress] = useState('');
  const title = useId();
  const choosing = useRef<HTMLButtonElement>(null);
  const isReady = notNow === undefined && chosen?.ready === true && address.trim() !== '';
  const set = async () => {
    if (await onSet(address)) setAddress('');
  };
  const leave = async () => {
    await onLeave();
    // What was pressed is gone by then.
    choosing.current?.focus();
  };
  return (
    <form
      className={classes.part}
      aria-labelledby={title}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) void set();
      }}
    >
      <h2 id={title} className={classes.subtitle}>
        {t('headquarters/setTitle')}
      </h2>
      <p className={classes.help}>{t('headquarters/setHelp')}</p>
      <Field label={t('headquarters/address')} help={t('headquarters/addressHelp')}>
        {(attributes) => (
          <input
            {...attributes}
            className={recordClasses.input}
            value={address}
            maxLength={longest.place}
            autoComplete="off"
            spellCheck={false}
            onChange={({ target }) => setAddress(target.value)}
          />
        )}
      </Field>
      <p className={classes.help}>{t('headquarters/chooseHelp')}</p>
      <div className={classes.actions}>
        <Button ref={choosing} icon={FolderOpen} notNow={notNow} onClick={() => onChoose('files')}>
          {t('headquarters/choose')}
        </Button>
      </div>
      <details>
        <summary className={recordClasses.summary}>{t('headquarters/others')}</summary>
        <p className={classes.help}>{t('headquarters/othersHelp')}</p>
        <div className={classes.actions}>
          <Button notNow={notNow} onClick={() => onChoose('passphrase')}>
            {t('headquarters/choosePassphrase')}
          </Button>
          <Button notNow={notNow} onClick={() => onChoose('password')}>
            {t('headquarters/choosePassword')}
          </Button>
        </div>
      </details>
      {chosen === null ? null : <Chosen chosen={chosen} />}
      <div className={classes.actions}>
        <Button type="submit" icon={Plug} disabled={!isReady}>
          {t('headquarters/setAction')}
        </Button>
        {chosen === null ? null : (
          <Button icon={X} kind="quiet" notNow={notNow} onClick={() => void leave()}>
            {t('headquarters/leave')}
          </Button>
        )}
      </div>
    </form>
  );
}

/** What was chosen, by what lies in it, and whether it is enough. */
function Chosen({ chosen: { files, ready, hindrance } }: { readonly chosen: HeadquartersChosen }) {
  const { t, language, failure } = useWords();
  const hasSealing = files.some(({ part }) => part === 'sealing');
  return (
    <>
      <h3 className={classes.name}>{t('headquarters/chosen')}</h3>
      <dl className={classes.facts} data-testid="headquarters-chosen">
        {files.map(({ part, name, certificate, publicKey }) => (
          <div key={part} className={classes.row}>
            <dt>{t(`headquarters/files/${part}`)}</dt>
            <dd>
              <bdi>{name}</bdi>
              {certificate === null ? null : (
                <>
                  <bdi>{certificateWords(certificate, language, t)}</bdi>
                  <Fingerprint digits={certificate.fingerprint} />
                </>
              )}
              {publicKey === null ? null : <Fingerprint digits={publicKey} />}
            </dd>
          </div>
        ))}
      </dl>
      <p role="status" className={classes.state}>
        <ResultMark mark={ready ? 'successful' : 'refer'} />
        <span>
          {ready
            ? t('headquarters/ready')
            : [
                hasSealing ? null : t('headquarters/needsSealing'),
                hindrance === null ? null : `${failure(hindrance).happened} ${failure(hindrance).staff}`,
              ]
                .filter((words) => words !== null)
                .join(' ')}
        </span>
      </p>
    </>
  );
}
