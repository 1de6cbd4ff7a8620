import { CloudDownload, CloudUpload, RefreshCw } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import type { HeadquartersView } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import { dayAndTime } from '../parts/formats.ts';
import { useWords } from '../parts/language.ts';
import { ResultMark } from '../parts/result-mark.tsx';
import classes from './headquarters.module.css';
import { lastDeliveredAt, pulledWords, type Tried, waitingWords } from './headquarters-view.ts';

interface HeadquartersDeliveryProps {
  readonly delivery: NonNullable<HeadquartersView['delivery']>;
  readonly now: string;
  /** Not now, and the element of this id says why. */
  readonly notNow: string | undefined;
  /** Null for who may only look; fetching also where nothing is taken from there. */
  readonly onDeliver: (() => void) | null;
  readonly onFetch: (() => void) | null;
}

/** How far delivery and fetching are, why not where they fail, and both now. */
export function HeadquartersDelivery({ delivery, now, notNow, onDeliver, onFetch }: HeadquartersDeliveryProps) {
  const { t, language } = useWords();
  const title = useId();
  const deliveredAt = lastDeliveredAt(delivery);
  const { parts, last, lastPull, wentBack } = delivery;
  const pulled = pulledWords(delivery, language, t);
  return (
    <section className={classes.part} aria-labelledby={title}>
      <h2 id={title} className={classes.subtitle}>
        {t('headquarters/delivery')}
      </h2>
      <dl className={classes.facts} data-testid="headquarters-delivery">
        <Row name={t('headquarters/fields/waiting')}>{waitingWords(delivery, now, language, t)}</Row>
        <Row name={t('headquarters/fields/lastDelivery')}>
          <span>{deliveredAt === null ? t('headquarters/notYet') : dayAndTime(language, deliveredAt)}</span>
          <Try tried={last} />
        </Row>
        <Row name={t('headquarters/fields/arrived')}>
          {parts.map(({ part, delivered, newest }) => (
            <span key={part}>
              {t(`headquarters/parts/${part}`)}: {t('headquarters/ofNewest', { delivered, newest })}
            </span>
          ))}
          {wentBack === null ? null : (
            <span className={classes.state}>
              <ResultMark mark="failed" />
              <span>
                {t('headquarters/wentBack', { count: wentBack.count, when: dayAndTime(language, wentBack.at) })}
              </span>
            </span>
          )}
        </Row>
        <Row name={t('headquarters/fields/lastFetch')}>
          {lastPull === null ? t('headquarters/notYet') : <Try tried={lastPull} />}
        </Row>
        {pulled.length === 0 ? null : (
          <Row name={t('headquarters/fields/pulled')}>
            {pulled.map((line) => (
              <span key={line}>{line}</span>
            ))}
          </Row>
        )}
      </dl>
      <div className={classes.actions}>
        {onDeliver === null ? null : (
          <Button icon={last?.code == null ? CloudUpload : RefreshCw} notNow={notNow} onClick={onDeliver}>
            {t(last?.code == null ? 'headquarters/deliverNow' : 'headquarters/deliverAgain')}
          </Button>
        )}
        {onFetch === null ? null : (
          <Button icon={lastPull?.code == null ? CloudDownload : RefreshCw} notNow={notNow} onClick={onFetch}>
            {t(lastPull?.code == null ? 'headquarters/fetchNow' : 'headquarters/fetchAgain')}
          </Button>
        )}
      </div>
    </section>
  );
}

function Row({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={classes.row}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** How the last try ended: by its code in words, since when, and what to do. */
function Try({ tried }: { readonly tried: Tried }) {
  const { t, language, failure } = useWords();
  if (tried === null) return null;
  const { triedAt, code, failingSince } = tried;
  const when = dayAndTime(language, triedAt);
  if (code === null) return <span>{t('headquarters/wentWell', { when })}</span>;
  const { happened, staff } = failure(code);
  return (
    <span className={classes.state} data-failure={code}>
      <ResultMark mark="refer" />
      <span>
        {t('headquarters/failed', { when })} <strong>{happened}</strong> {staff}{' '}
        {failingSince === null || failingSince === triedAt
          ? null
          : t('headquarters/failingSince', { when: dayAndTime(language, failingSince) })}
      </span>
    </span>
  );
}
