import { useEffect, useMemo, useRef } from 'react';
import type { KioskBridge } from '../../preload/kiosk-contract.ts';
import { useFilm } from '../mrz-camera/use-film.ts';
import { BridgeContext } from '../parts/bridge.ts';
import { useWords } from '../parts/language.ts';
import { filmingBridge } from './filming-bridge.ts';
import classes from './kiosk.module.css';
import { useCamerasSeen } from './use-cameras-seen.ts';

/** Films the lines of a document's page until they are read. */
export function Film({ bridge, onRead }: { readonly bridge: KioskBridge; readonly onRead: (text: string) => void }) {
  const filming = useMemo(() => filmingBridge(bridge), [bridge]);
  return (
    <BridgeContext value={filming}>
      <Filmed
        onRead={onRead}
        onFailed={() => void bridge.call('cameraFailed', 'failed')}
        onSeen={(names) => void bridge.call('camerasSeen', names)}
      />
    </BridgeContext>
  );
}

interface FilmedProps {
  readonly onRead: (text: string) => void;
  readonly onFailed: () => void;
  /** Hears by what names cameras are there. */
  readonly onSeen: (names: string[]) => void;
}

function Filmed({ onRead, onFailed, onSeen }: FilmedProps) {
  const { t } = useWords();
  const { camera, choice, video, stream, seen } = useFilm(onRead);
  useCamerasSeen(choice, onSeen);
  const isFailed = camera.state !== 'live' && camera.state !== 'starting';
  const told = useRef(onFailed);
  told.current = onFailed;
  useEffect(() => {
    if (isFailed) told.current();
  }, [isFailed]);
  const state = camera.state === 'starting' ? 'starting' : isFailed ? 'stopped' : seen.state;
  return (
    <div className={classes.film}>
      {stream === null ? null : (
        <video ref={video} className={classes.video} autoPlay muted playsInline aria-label={t('kiosk/filmPicture')} />
      )}
      <p role="status" data-testid="film-status">
        {t(`kiosk/filmSeen/${state}`)}
      </p>
    </div>
  );
}
