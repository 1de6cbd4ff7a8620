import { PencilLine, X } from 'lucide-react';
import { isVirtualCamera } from '../../main/result/virtual-camera.ts';
import { CameraSelect } from '../face/camera-select.tsx';
import { Button } from '../parts/button.tsx';
import { useWords } from '../parts/language.ts';
import classes from './film-lines.module.css';
import { useFilm } from './use-film.ts';
import type { FilmedLines } from './use-filmed-lines.ts';

interface FilmLinesProps {
  /** The lines were read, each check digit right. */
  readonly onRead: (text: string) => void;
  /** Not all was plain: a person looks at it. */
  readonly onCorrect: (text: string) => void;
  readonly onClose: () => void;
}

/** Films the lines at the bottom of a document's page until they are read; says what hinders it. */
export function FilmLines({ onRead, onCorrect, onClose }: FilmLinesProps) {
  const { t } = useWords();
  const { camera, choice, video, stream, seen } = useFilm(onRead);
  const label = stream?.getVideoTracks()[0]?.label ?? '';
  return (
    <section className={classes.film} aria-label={t('film/title')}>
      {stream === null ? null : (
        <video ref={video} className={classes.picture} autoPlay muted playsInline aria-label={t('film/picture')} />
      )}
      <p role="status" data-testid="film-status">
        {camera.state === 'live' ? <SeenWords seen={seen} /> : t(`film/camera/${camera.state}`)}
      </p>
      {isVirtualCamera(label) ? <p>{t('film/virtual', { name: label })}</p> : null}
      <CameraSelect choice={choice} />
      <div className={classes.actions}>
        {seen.state === 'unsure' ? (
          <Button icon={PencilLine} onClick={() => onCorrect(seen.lines.join('\n'))}>
            {t('film/correct')}
          </Button>
        ) : null}
        <Button kind="quiet" icon={X} onClick={onClose}>
          {t('film/close')}
        </Button>
      </div>
    </section>
  );
}

/** Places that are named; more are counted. */
const mostNamed = 3;

function SeenWords({ seen }: { readonly seen: FilmedLines }) {
  const { t } = useWords();
  if (seen.state !== 'unsure') return t(`film/seen/${seen.state}`);
  const named = seen.places.slice(0, mostNamed).map((place) => t('film/place', place));
  const more = seen.places.length - named.length;
  return t(more > 0 ? 'film/unsureMore' : 'film/unsure', { places: named.join(', '), count: more });
}
