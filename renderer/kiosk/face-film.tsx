import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { lights, movements } from '../../main/result/film-challenges.ts';
import type { KioskBridge, KioskState } from '../../preload/kiosk-contract.ts';
import { useCamera } from '../face/use-camera.ts';
import { useFaceModel } from '../face/use-face-model.ts';
import { useFilmedFace } from '../face/use-filmed-face.ts';
import { useShownStream } from '../face/use-shown-stream.ts';
import { useToldFilm } from '../face/use-told-film.ts';
import { LightMeasure } from '../face-challenge/light.ts';
import { MovementMeasure } from '../face-challenge/movement.ts';
import type { Look } from '../face-model/model-messages.ts';
import { BridgeContext } from '../parts/bridge.ts';
import { useWords } from '../parts/language.ts';
import { type FaceGuide, guideOf, useFramed, useHeldGuide, useLyingCamera } from './face-guide.ts';
import { filmingBridge } from './filming-bridge.ts';
import classes from './kiosk.module.css';
import type { KioskAct } from './screen-model.ts';
import { useCamerasSeen } from './use-cameras-seen.ts';

interface FaceFilmProps {
  readonly face: NonNullable<KioskState['face']>;
  readonly act: (act: KioskAct) => void;
  /** Hears what the person is to be told: the screen says it, and the voice the same. */
  readonly onGuide: (guide: FaceGuide) => void;
}

/** Films the face: whoever stands there sees themselves as in a mirror. Pictures stay here; what was measured of them is told. */
export function FaceFilm({ bridge, ...props }: FaceFilmProps & { readonly bridge: KioskBridge }) {
  const filming = useMemo(() => filmingBridge(bridge), [bridge]);
  return (
    <BridgeContext value={filming}>
      <Filmed {...props} />
    </BridgeContext>
  );
}

/** Without a picture for so long a camera stands still; loading the model is the longest that one is waited for. */
const stalledMillis = 20_000;

function Filmed({ face, act, onGuide }: FaceFilmProps) {
  const { t } = useWords();
  const { camera, choice } = useCamera();
  const model = useFaceModel();
  const video = useRef<HTMLVideoElement>(null);
  const stream = camera.state === 'live' ? camera.stream : null;
  useShownStream(video, stream);
  const { stalled, looked } = useStalled();
  const measured = useMeasured(face.asked, act);
  const onLook = useCallback(
    (look: Look) => {
      looked();
      measured(look);
    },
    [looked, measured],
  );
  const filmed = useFilmedFace(model, video, stream !== null, useToldFilm(camera), onLook);
  const now = guideOf(camera, filmed.face, stalled);
  const guide = useHeldGuide(now);
  const hear = useRef(onGuide);
  hear.current = onGuide;
  useEffect(() => hear.current(guide), [guide]);
  const tell = useRef(act);
  tell.current = act;
  useEffect(() => {
    if (now === 'stopped') tell.current({ method: 'cameraFailed', args: ['failed'] });
  }, [now]);
  useCamerasSeen(choice, (names) => act({ method: 'camerasSeen', args: [names] }));
  useLyingCamera(guide, (lying) => act({ method: 'cameraFailed', args: [lying] }));
  useFramed(guide, face.phase === 'framing', () => act({ method: 'faceFramed', args: [isCalm()] }));
  return stream === null ? null : (
    <video
      ref={video}
      className={`${classes.video} ${classes.mirror}`}
      autoPlay
      muted
      playsInline
      aria-label={t('kiosk/filmPicture')}
    />
  );
}

// Who asked for less motion is lit by nothing that changes; forced colours are the system's own, and light nobody.
function isCalm(): boolean {
  return ['(prefers-reduced-motion: reduce)', '(forced-colors: active)'].some((query) => matchMedia(query).matches);
}

function useStalled(): { readonly stalled: boolean; readonly looked: () => void } {
  const [stalled, setStalled] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const looked = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setStalled(true), stalledMillis);
    setStalled(false);
  }, []);
  useEffect(() => {
    looked();
    return () => clearTimeout(timer.current);
  }, [looked]);
  return { stalled, looked };
}

// What is measured is told when the next thing is asked for, whatever it came to: nobody sees how it went.
function useMeasured(asked: NonNullable<KioskState['face']>['asked'], act: FaceFilmProps['act']): (look: Look) => void {
  const measure = useRef<MovementMeasure | LightMeasure | null>(null);
  const tell = useRef(act);
  tell.current = act;
  const number = asked?.number ?? null;
  const ask = asked?.ask ?? null;
  const now = useRef(ask);
  now.current = ask;
  useEffect(() => {
    const movement = movements.find((each) => each === now.current);
    if (number === null) return;
    const own = movement === undefined ? new LightMeasure() : new MovementMeasure(movement);
    measure.current = own;
    return () => {
      measure.current = null;
      tell.current({ method: 'answerChallenge', args: [number, own.score] });
    };
  }, [number]);
  return useCallback(({ faces, light }: Look) => {
    const own = measure.current;
    const shown = lights.find((each) => now.current === `light-${each}`);
    if (own instanceof MovementMeasure) own.next(faces[0] ?? null);
    else if (own !== null && shown !== undefined) {
      own.shows(shown);
      own.next(light, performance.now());
    }
  }, []);
}
