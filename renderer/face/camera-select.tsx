import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import classes from './camera-select.module.css';
import type { CameraChoice } from './use-camera.ts';

interface CameraSelectProps {
  readonly choice: CameraChoice;
}

/** The choice of a camera, where there are several, or one was chosen. */
export function CameraSelect({ choice: { names, chosen, choose, failure } }: CameraSelectProps) {
  const { t } = useWords();
  if (names.length < 2 && chosen === null) return null;
  const all = chosen === null || names.includes(chosen) ? names : [chosen, ...names];
  return (
    <>
      <label className={classes.which}>
        <span>{t('camera/which')}</span>
        <select value={chosen ?? ''} onChange={({ target }) => choose(target.value === '' ? null : target.value)}>
          <option value="">{t('camera/first')}</option>
          {all.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {failure === null ? null : <FailureNotice code={failure} customer={false} />}
    </>
  );
}
