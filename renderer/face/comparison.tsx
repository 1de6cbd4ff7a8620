import { Camera as CameraIcon, Layers, Video } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '../parts/button.tsx';
import { useWords } from '../parts/language.ts';
import { Quote } from '../parts/quote.tsx';
import { CameraPicture, type Framing } from './camera-picture.tsx';
import classes from './face.module.css';
import { PortraitPicture } from './portrait-picture.tsx';
import { useCamera } from './use-camera.ts';
import type { Portrait } from './use-portrait.ts';

const compared = ['eyes', 'ears', 'nose', 'mouth', 'marks', 'hair'] as const;

interface ComparisonProps {
  readonly portrait: Portrait;
  /** The case rests on an earlier reading: there is the printed photo alone. */
  readonly reused: boolean;
}

/** Portrait and camera at the same size and height, neutral grey between, or one laid over the other. */
export function Comparison({ portrait, reused }: ComparisonProps) {
  const { t } = useWords();
  const camera = useCamera();
  const video = useRef<HTMLVideoElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [framing, setFraming] = useState<Framing>({ size: 1, height: 0 });
  const [still, setStill] = useState(false);
  const [over, setOver] = useState(false);
  const [wipe, setWipe] = useState(50);
  const live = camera.state === 'live';
  const both = live && portrait.state === 'ready';
  const freeze = () => {
    const [from, to] = [video.current, canvas.current];
    if (from === null || to === null || from.videoWidth === 0) return;
    to.width = from.videoWidth;
    to.height = from.videoHeight;
    to.getContext('2d')?.drawImage(from, 0, 0);
    setStill(true);
  };
  return (
    <div className={classes.comparison}>
      <div className={classes.pictures}>
        <div className={classes.pair} data-over={over && both}>
          <figure className={classes.frame}>
            <PortraitFrame portrait={portrait} reused={reused} />
            <figcaption className={classes.caption}>
              {t(`face/portrait/${portrait.state === 'ready' ? portrait.standing : 'verified'}`)}
            </figcaption>
          </figure>
          <figure className={classes.frame} style={over && both ? { clipPath: `inset(0 0 0 ${wipe}%)` } : undefined}>
            <div className={classes.field}>
              <CameraPicture camera={camera} framing={framing} still={still} video={video} canvas={canvas} />
            </div>
            <figcaption className={classes.caption}>{t(still ? 'face/still' : 'face/camera')}</figcaption>
          </figure>
        </div>
        <div className={classes.tools}>
          <Button icon={still ? Video : CameraIcon} disabled={!live} onClick={still ? () => setStill(false) : freeze}>
            {t(still ? 'face/live' : 'face/freeze')}
          </Button>
          <Button icon={Layers} pressed={over} disabled={!both} onClick={() => setOver(!over)}>
            {t('face/overlay')}
          </Button>
        </div>
      </div>
      <div className={classes.side}>
        <section aria-labelledby="what-to-compare">
          <h2 id="what-to-compare" className={classes.listTitle}>
            {t('face/compare')}
          </h2>
          <ol className={classes.points}>
            {compared.map((part) => (
              <li key={part}>{t(`face/compareList/${part}`)}</li>
            ))}
          </ol>
        </section>
        <div className={classes.sliders}>
          <Slider
            label={t('face/size')}
            value={framing.size}
            range={[1, 3, 0.05]}
            onChange={(size) => setFraming({ ...framing, size })}
          />
          <Slider
            label={t('face/height')}
            value={framing.height}
            range={[-50, 50, 1]}
            onChange={(height) => setFraming({ ...framing, height })}
          />
          {over && both ? <Slider label={t('face/wipe')} value={wipe} range={[0, 100, 1]} onChange={setWipe} /> : null}
        </div>
        <Quote say={({ t: said }) => said('face/ask')} />
      </div>
    </div>
  );
}

function PortraitFrame({ portrait, reused }: ComparisonProps) {
  const { t } = useWords();
  if (portrait.state === 'ready') {
    return (
      <div className={classes.field}>
        <PortraitPicture
          picture={portrait.picture}
          label={t(`face/portrait/${portrait.standing}`)}
          className={classes.picture}
        />
      </div>
    );
  }
  const words = {
    none: reused ? 'reuse/printed' : 'face/printed',
    decoding: 'face/decoding',
    broken: 'face/portraitBroken',
  } as const;
  return (
    <div className={classes.field}>
      <p className={classes.without} role="status">
        {t(words[portrait.state])}
      </p>
    </div>
  );
}

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly range: readonly [min: number, max: number, step: number];
  readonly onChange: (value: number) => void;
}

function Slider({ label, value, range: [min, max, step], onChange }: SliderProps) {
  return (
    <label className={classes.slider}>
      <span>{label}</span>
      <input
        type="range"
        value={value}
        min={min}
        max={max}
        step={step}
        onChange={(event) => onChange(event.target.valueAsNumber)}
      />
    </label>
  );
}
