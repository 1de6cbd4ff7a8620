import { FileDown, FileUp, Route, RouteOff, ShieldOff } from 'lucide-react';
import { useId } from 'react';
import type { StationsView } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import { dayAndTime } from '../parts/formats.ts';
import { useWords } from '../parts/language.ts';
import { Fingerprint } from './fingerprint.tsx';
import classes from './headquarters.module.css';
import ownClasses from './stations.module.css';
import { StationsCard } from './stations-card.tsx';
import { StationsRoute } from './stations-route.tsx';
import { stationCalled } from './stations-view.ts';

interface StationsTrustedProps {
  readonly seen: StationsView;
  /** Not now, and the element of this id says why. */
  readonly notNow: string | undefined;
  readonly opened: boolean;
  /** Trusting, for administrators; null for who may only look. */
  readonly trusting: {
    readonly onChoose: () => void;
    readonly onTrust: () => void;
    readonly onLeave: () => void;
    readonly onDistrust: (station: string) => void;
    readonly onRoute: (station: string) => void;
    readonly onEndRoute: (station: string) => void;
  } | null;
  /** What goes there as files, for staff; null for who may only look. */
  readonly sending: {
    readonly onHandOver: (station: string) => void;
    readonly onEnds: (station: string) => void;
  } | null;
  /** To the page Headquarters; null for whom it is not. */
  readonly onHeadquarters: (() => void) | null;
}

/** The stations that two administrators trust with cases: by what card, who answers for it and since when; and what goes there. */
export function StationsTrusted(props: StationsTrustedProps) {
  const { seen, notNow, opened, trusting, sending, onHeadquarters } = props;
  const { stations, stationCount, route, looked, headquartersSet } = seen;
  const { t, language } = useWords();
  const [title, both, needs] = [useId(), useId(), useId()];
  return (
    <section className={classes.part} aria-labelledby={title}>
      <h2 id={title} className={classes.subtitle}>
        {t('stations/trusted')}
      </h2>
      <p id={both} className={classes.help}>
        {t('stations/both')}
      </p>
      {trusting === null ? null : looked === null ? (
        <div className={classes.actions}>
          <Button notNow={notNow} describedBy={both} onClick={trusting.onChoose}>
            {t('stations/choose')}
          </Button>
        </div>
      ) : (
        <StationsCard
          looked={looked}
          opened={opened}
          notNow={notNow}
          onTrust={trusting.onTrust}
          onLeave={trusting.onLeave}
        />
      )}
      {stations.length === 0 ? null : (
        <StationsRoute id={needs} headquartersSet={headquartersSet} onHeadquarters={onHeadquarters} />
      )}
      {stations.length === 0 ? (
        <p>{t('stations/none')}</p>
      ) : (
        <ul className={ownClasses.stations} data-testid="stations-trusted">
          {stations.map((each) => (
            <li key={each.station} className={ownClasses.station}>
              <h3 className={classes.name}>
                <bdi>{stationCalled(each)}</bdi>
              </h3>
              {each.name === '' ? null : <p className={ownClasses.mono}>{each.station}</p>}
              <Fingerprint digits={each.fingerprint} />
              <p className={classes.help}>
                {t('stations/since', { when: dayAndTime(language, each.since), names: each.names.join(', ') })}
              </p>
              {each.station === route ? <p>{t('stations/route')}</p> : null}
              <div className={classes.actions}>
                {sending === null ? null : (
                  <>
                    <Button icon={FileUp} notNow={notNow} onClick={() => sending.onHandOver(each.station)}>
                      {t('stations/handOver', { station: stationCalled(each) })}
                    </Button>
                    <Button icon={FileDown} notNow={notNow} onClick={() => sending.onEnds(each.station)}>
                      {t('stations/writeEnds', { station: stationCalled(each) })}
                    </Button>
                  </>
                )}
                {trusting === null ? null : (
                  <>
                    {each.station === route ? (
                      <Button icon={RouteOff} notNow={notNow} onClick={() => trusting.onEndRoute(each.station)}>
                        {t('stations/endRoute')}
                      </Button>
                    ) : (
                      <Button
                        icon={Route}
                        notNow={notNow}
                        describedBy={needs}
                        onClick={() => trusting.onRoute(each.station)}
                      >
                        {t('stations/setRoute', { station: stationCalled(each) })}
                      </Button>
                    )}
                    <Button icon={ShieldOff} notNow={notNow} onClick={() => trusting.onDistrust(each.station)}>
                      {t('stations/distrust', { station: stationCalled(each) })}
                    </Button>
                  </>
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
      {stationCount > stations.length ? (
        <p>{t('stations/moreStations', { count: stationCount - stations.length })}</p>
      ) : null}
    </section>
  );
}
