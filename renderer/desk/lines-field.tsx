import type { KeyboardEvent } from 'react';
import { longest } from '../../main/result/bounds.ts';
import type { TypedMrz } from '../../preload/contract.ts';
import type { Texts } from '../../resources/texts/texts.ts';
import { Field } from '../parts/field.tsx';
import { useWords } from '../parts/language.ts';
import { ResultMark } from '../parts/result-mark.tsx';
import { isMrzWhole, markedLines } from './mrz-entry.ts';
import classes from './question.module.css';
import { mayBeZone } from './swipe.ts';
import { useJudged } from './use-judged.ts';

interface LinesFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** Enter with all lines there: how a swipe ends. */
  readonly onWhole: () => void;
  /** The chip refused these lines: somewhere they are not those of the page. */
  readonly rejected: boolean;
}

/** The lines of the photo page, typed or swiped; says which part holds a mistake as soon as that can be told. */
export function LinesField({ label, value, onChange, onWhole, rejected }: LinesFieldProps) {
  const judged = useJudged(value);
  const hear = (event: KeyboardEvent) => {
    // What a scanner typed on another keyboard than its own is whole too: the main process knows.
    if (event.key !== 'Enter' || !(isMrzWhole(value) || mayBeZone(value))) return;
    event.preventDefault();
    onWhole();
  };
  return (
    <div className={classes.zoneAround}>
      <Field label={label}>
        {(attributes) => (
          <textarea
            {...attributes}
            className={classes.zone}
            rows={3}
            value={value}
            maxLength={longest.pageLines}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            // biome-ignore lint/a11y/noAutofocus: a swipe arrives here at once
            autoFocus
            onKeyDown={hear}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </Field>
      {judged === null ? null : <EntryWords text={value} judged={judged} rejected={rejected} />}
    </div>
  );
}

interface EntryWordsProps {
  readonly text: string;
  readonly judged: TypedMrz;
  readonly rejected: boolean;
}

function EntryWords({ text, judged, rejected }: EntryWordsProps) {
  const { t } = useWords();
  const { state, lines, strange, fields, slips } = judged;
  if (state === 'empty') return null;
  const wrong = fields.filter(({ right }) => !right);
  const isRight = state === 'whole' && wrong.length === 0 && slips.length === 0;
  const pieces = markedLines(text, slips, rejected);
  const isMarked = pieces.some((line) => line.some(({ mark }) => mark !== null));
  return (
    <>
      <p className={classes.entry}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its number
          <span key={index} className={classes.entryLine}>
            {t('key/line', { line: index + 1 })}: {lengthWords(t, line)}
          </span>
        ))}
      </p>
      <div className={classes.entry} role="status" data-testid="typed-lines">
        {strange === null ? null : (
          <p>
            <ResultMark mark="refer" /> <strong>{t('key/strange', { ...strange })}</strong>
          </p>
        )}
        {wrong.map(({ field }) => (
          <p key={field}>
            <ResultMark mark="refer" /> <strong>{t('key/wrongDigit', { field: t(`key/fields/${field}`) })}</strong>
          </p>
        ))}
        {slips.map((slip) => (
          <p key={`${slip.line} ${slip.position} ${slip.likely}`}>{slipWords(t, slip)}</p>
        ))}
        {isRight && rejected ? <p>{t(isMarked ? 'key/rejectedMarked' : 'key/rejected')}</p> : null}
        {isRight && !rejected ? (
          <p>
            <ResultMark mark="successful" /> {t('key/whole')}
          </p>
        ) : null}
      </div>
      {isMarked ? <Marked pieces={pieces} /> : null}
    </>
  );
}

/** The lines once more, with what may be wrong marked by more than a colour. */
function Marked({ pieces }: { readonly pieces: ReturnType<typeof markedLines> }) {
  const { t } = useWords();
  return (
    <p className={classes.marked} aria-hidden="true" data-testid="marked-lines" title={t('key/markedTitle')}>
      {pieces.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its number
        <span key={index} className={classes.markedLine}>
          {line.map(({ position, text, mark }) =>
            mark === null ? (
              text
            ) : (
              <mark key={position} data-mark={mark}>
                {text}
              </mark>
            ),
          )}
        </span>
      ))}
    </p>
  );
}

function lengthWords(t: Texts, { count, width, ended }: TypedMrz['lines'][number]): string {
  if (width === null) return String(count);
  if (count > width) return t('key/tooLong', { count: count - width });
  return ended && count < width ? t('key/tooShort', { count: width - count }) : t('key/lineCount', { count, width });
}

function slipWords(t: Texts, { line, position, typed, likely, sure }: TypedMrz['slips'][number]): string {
  const values = { line, position, typed: signWords(t, typed), likely: signWords(t, likely) };
  return t(sure ? 'key/slip' : 'key/slipMaybe', values);
}

const namedSigns = ['0', 'O', '1', 'I', '2', 'Z', '5', 'S', '8', 'B'] as const;

// A letter and a digit that look alike are told apart by a word.
function signWords(t: Texts, sign: string): string {
  const named = namedSigns.find((each) => each === sign);
  if (named === undefined) return sign;
  return /\d/.test(named) ? t('key/digit', { sign: named }) : t('key/letter', { sign: named });
}
