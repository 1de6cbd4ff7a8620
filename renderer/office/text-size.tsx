import { textSizes } from '../../main/result/bounds.ts';
import type { AppInfo } from '../../preload/contract.ts';
import fieldClasses from '../parts/field.module.css';
import { Field } from '../parts/field.tsx';
import { useWords } from '../parts/language.ts';
import classes from './condition.module.css';

interface TextSizeProps {
  readonly size: AppInfo['textSize'];
  readonly onSize: (size: AppInfo['textSize']) => void;
}

/** How large the text is at this desk: what Ctrl with plus and minus does, for who does not know the keys. */
export function TextSize({ size, onSize }: TextSizeProps) {
  const { t } = useWords();
  return (
    <section className={classes.textSize} aria-label={t('textSize/title')}>
      <Field label={t('textSize/title')} help={t('textSize/help')}>
        {(attributes) => (
          <select
            {...attributes}
            className={fieldClasses.input}
            value={size}
            onChange={(event) => onSize(textSizes.find((known) => `${known}` === event.target.value) ?? size)}
          >
            {textSizes.map((known) => (
              <option key={known} value={known}>
                {t('textSize/percent', { percent: known })}
              </option>
            ))}
          </select>
        )}
      </Field>
    </section>
  );
}
