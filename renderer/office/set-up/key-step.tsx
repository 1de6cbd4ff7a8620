import { Question } from '../../desk/question.tsx';
import { useWords } from '../../parts/language.ts';
import classes from './set-up.module.css';
import type { StepProps } from './set-up-props.ts';
import { StepEnd } from './step-end.tsx';

/** Where the key to the register lies, what that means, and whether what is kept here is anywhere else. */
export function KeyStep({ view, info, onGoOn, onSkip }: StepProps) {
  const { t } = useWords();
  const { key, training } = info;
  return (
    <Question question={t('setUp/key/question')} help={t('setUp/key/help')} onSubmit={onGoOn}>
      <dl className={classes.facts}>
        <dt>{t('condition/items/key')}</dt>
        <dd>{t(`condition/key-${key}`)}</dd>
        <dt>{t('setUp/key/loss')}</dt>
        <dd>{key === 'locked' ? t('condition/key-locked') : t(`setUp/key/losing-${key}`)}</dd>
        {training ? null : (
          <>
            <dt>{t('setUp/key/backups')}</dt>
            <dd>
              {t(view.backup ? 'setUp/key/backup' : 'setUp/key/noBackup')}
              {!view.backup && key === 'passphrase' ? (
                <code className={classes.command}>styrk backup key --use bank.key.pub --passphrase-file KEY.txt</code>
              ) : null}
            </dd>
          </>
        )}
      </dl>
      {key === 'basic-text' ? <p>{t('app/basicText')}</p> : null}
      <StepEnd view={view} step="key" onGoOn={onGoOn} onSkip={onSkip} />
    </Question>
  );
}
