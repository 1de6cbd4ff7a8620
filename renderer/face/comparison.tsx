import { Camera as CameraIcon, Video } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { CaseView } from '../../preload/contract.ts';
import { isLying } from '../face-model/framing.ts';
import { Button } from '../parts/button.tsx';
import { useWords } from '../parts/language.ts';
import { Quote } from '../parts/quote.tsx';
import { asLaid, type HandFraming, layByEyes } from './align-eyes.ts';
import { CameraPicture } from './camera-picture.tsx';
import { CameraSelect } from './camera-select.tsx';
import { ComparedParts } from './compared-parts.tsx';
import classes from './face.module.css';
import { LaidPicture } from './laid-picture.tsx';
import { MachineConsent } from './machine-consent.tsx';
import { Slider } from './slider.tsx';
import { useCamera } from './use-camera.ts';
import { useFaceModel } from './use-face-model.ts';
import { type FilmedFace, useFilmedFace } from './use-filmed-face.ts';
import { useMachineComparison } from './use-machine-comparison.ts';
import type { Portrait } from './use-portrait.ts';
import { type StillFace, useStillFace } from './use-still-face.ts';
import { useToldFilm } from './use-told-film.ts';

/** How the two pictures are seen: beside each other, or the camera's over the portrait. */
const views = ['beside', 'wipe', 'blend', 'flicker'] as const;
type View = (typeof views)[number];

/** Each picture stands this long: slower than three a second, which nobody's eyes mind (WCAG 2.2, 2.3.1), and fast enough to see what moves. */
const flickerMillis = 650;

interface ComparisonProps {
  readonly portrait: Portrait;
  /** The case rests on an earlier reading: there is the printed photo alone. */
  readonly reused: boolean;
  /** Years that the portrait can be old at the most; null where that is not known. */
  readonly years: number | null;
  /** Where the bank lets a machine compare, too; else null. */
  readonly machine: NonNullable<CaseView['machine']> | null;
}

/** Portrait and camera with their eyes in the same places, neutral grey between, or one over the other. */
export function Comparison({ portrait, reused, years, machine }: ComparisonProps) {
  const { t } = useWords();
  const { camera, choice } = useCamera();
  const video = useRef<HTMLVideoElement>(null);
  const model = useFaceModel();
  const [hand, setHand] = useState<HandFraming>(asLaid);
  const [byEyes, setByEyes] = useState(true);
  const [still, setStill] = useStill();
  const [view, setView] = useState<View>('beside');
  const [mixed, setMixed] = useState(50);
  const live = camera.state === 'live';
  const tellFilm = useToldFilm(camera);
  const film = useFilmedFace(model, video, live && still === null, tellFilm);
  const picture = portrait.state === 'ready' ? portrait.picture : null;
  const portraitFace = useStillFace(model, picture);
  const stillFace = useStillFace(model, still);
  const portraitEyes = portraitFace?.eyes ?? null;
  const both = live && picture !== null;
  const seen: View = both ? view : 'beside';
  const hidden = useFlicker(seen === 'flicker');
  const filmedEyes = film.face.state === 'seen' ? film.face.eyes : null;
  const cameraEyes = still === null ? filmedEyes : (stillFace?.eyes ?? null);
  useMachineComparison({
    model,
    wanted: machine !== null && machine.consent === 'given' && !machine.compared,
    portrait: portraitFace === null ? null : picture,
    still: stillFace === null ? null : still,
    quarters: { portrait: portraitFace?.quarters ?? 0, still: stillFace?.quarters ?? 0 },
    // A picture that is not good enough is not judged by a machine either.
    take: film.face.state === 'seen' && film.face.code === null ? film.take : null,
  });
  const freeze = async () => setStill(await film.take());
  const over = {
    beside: undefined,
    wipe: { clipPath: `inset(0 0 0 ${mixed}%)` },
    blend: { opacity: mixed / 100 },
    flicker: hidden ? { opacity: 0 } : undefined,
  } as const;
  return (
    <div className={classes.comparison}>
      <div className={classes.pictures}>
        <div className={classes.pair} data-over={seen !== 'beside'}>
          <figure className={classes.frame}>
            <div className={classes.field}>
              {picture === null ? (
                <WithoutPortrait state={portrait.state} reused={reused} />
              ) : (
                <LaidPicture
                  source={picture}
                  laying={byEyes && portraitEyes !== null ? layByEyes(portraitEyes) : null}
                  hand={asLaid}
                  label={t(`face/portrait/${portrait.state === 'ready' ? portrait.standing : 'verified'}`)}
                />
              )}
            </div>
            <figcaption className={classes.caption}>
              {t(`face/portrait/${portrait.state === 'ready' ? portrait.standing : 'verified'}`)}
            </figcaption>
          </figure>
          <figure className={classes.frame} style={over[seen]}>
            <div className={classes.field}>
              <CameraPicture
                camera={camera}
                laying={byEyes && cameraEyes !== null ? layByEyes(cameraEyes) : null}
                hand={hand}
                still={still}
                video={video}
              />
            </div>
            <figcaption className={classes.caption}>{t(still === null ? 'face/camera' : 'face/still')}</figcaption>
          </figure>
        </div>
        <div className={classes.tools}>
          <Button
            icon={still === null ? CameraIcon : Video}
            disabled={!live}
            onClick={still === null ? () => void freeze() : () => setStill(null)}
          >
            {t(still === null ? 'face/freeze' : 'face/live')}
          </Button>
          <label className={classes.view}>
            <span>{t('face/viewAs')}</span>
            <select value={seen} disabled={!both} onChange={({ target }) => setView(target.value as View)}>
              {views.map((each) => (
                <option key={each} value={each}>
                  {t(`face/view/${each}`)}
                </option>
              ))}
            </select>
          </label>
          <CameraSelect choice={choice} />
        </div>
        <details>
          <summary>{t('face/byHand')}</summary>
          <div className={classes.sliders}>
            <Slider
              label={t('face/size')}
              value={hand.size}
              range={[0.5, 3, 0.05]}
              onChange={(size) => setHand({ ...hand, size })}
            />
            <Slider
              label={t('face/height')}
              value={hand.height}
              range={[-50, 50, 1]}
              onChange={(height) => setHand({ ...hand, height })}
            />
            <Slider
              label={t('face/shift')}
              value={hand.shift}
              range={[-50, 50, 1]}
              onChange={(shift) => setHand({ ...hand, shift })}
            />
            <Button
              kind="quiet"
              pressed={byEyes}
              onClick={() => {
                setByEyes(!byEyes);
                setHand(asLaid);
              }}
            >
              {t('face/byEyes')}
            </Button>
          </div>
        </details>
        <PortraitWords face={portraitFace} />
        {years === null ? null : <p className={classes.age}>{t('face/years', { count: years })}</p>}
      </div>
      <div className={classes.side}>
        <ComparedParts />
        {machine === null ? null : <MachineConsent machine={machine} />}
        <FramingWords face={still === null && live ? film.face : null} />
        {seen === 'wipe' || seen === 'blend' ? (
          <Slider label={t('face/mixed')} value={mixed} range={[0, 100, 1]} onChange={setMixed} />
        ) : null}
      </div>
    </div>
  );
}

/** What to say to who stands before the camera: what hinders, else the sentence that is always asked. A camera is put right by staff. */
function FramingWords({ face }: { readonly face: FilmedFace | null }) {
  const { t } = useWords();
  const code = face?.state === 'seen' ? face.code : null;
  return (
    <>
      <p className={classes.lying} role="status">
        {isLying(code) ? t(`face/cameraLies/${code}`) : null}
      </p>
      <Quote say={({ t: said }) => said(code === null || isLying(code) ? 'face/ask' : `face/framing/${code}`)} />
    </>
  );
}

/** What of the chip's photo whoever compares has to know, where it holds anything but one upright face. */
function PortraitWords({ face }: { readonly face: StillFace | null }) {
  const { t } = useWords();
  const told = face?.told ?? null;
  return (
    <p className={classes.lying} role="status">
      {told === null ? null : t(`face/portraitHas/${told}`)}
    </p>
  );
}

function WithoutPortrait({ state, reused }: { readonly state: Portrait['state']; readonly reused: boolean }) {
  const { t } = useWords();
  const words = {
    none: reused ? 'reuse/printed' : 'face/printed',
    decoding: 'face/decoding',
    ready: 'face/decoding',
    broken: 'face/portraitBroken',
  } as const;
  return (
    <p className={classes.without} role="status">
      {t(words[state])}
    </p>
  );
}

/** A picture that was taken, freed when another takes its place and when the caller leaves. */
function useStill(): [ImageBitmap | null, (still: ImageBitmap | null) => void] {
  const [still, setStill] = useState<ImageBitmap | null>(null);
  useEffect(() => () => still?.close(), [still]);
  return [still, setStill];
}

/** Whether the upper picture is hidden now. */
function useFlicker(flickers: boolean): boolean {
  const [hidden, setHidden] = useState(false);
  useEffect(() => {
    if (!flickers) return;
    const timer = setInterval(() => setHidden((now) => !now), flickerMillis);
    return () => {
      clearInterval(timer);
      setHidden(false);
    };
  }, [flickers]);
  return hidden;
}
