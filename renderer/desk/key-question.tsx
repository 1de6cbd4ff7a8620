import { ArrowRight, ClipboardPaste, ScanText } from 'lucide-react';
import { useEffect, useState } from 'react';
import { isDigitalIdCard } from '../../main/result/digital-id-card.ts';
import type { AccessKeyInput, CaseView, SpecimenRow } from '../../preload/contract.ts';
import type { Texts } from '../../resources/texts/texts.ts';
import { FilmLines } from '../mrz-camera/film-lines.tsx';
import { useBridge } from '../parts/bridge.ts';
import { Button } from '../parts/button.tsx';
import { useDraft } from '../parts/drafts.ts';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { Quote } from '../parts/quote.tsx';
import { useAsking } from '../parts/use-asking.ts';
import { DelayNotice, notNow } from './delay-notice.tsx';
import { birthDateOf, typedDay } from './key-dates.ts';
import { CanField, DateFields, type KeyFields } from './key-fields.tsx';
import { LinesField } from './lines-field.tsx';
import { isMrzWhole } from './mrz-entry.ts';
import classes from './question.module.css';
import { Question } from './question.tsx';
import { isRejected } from './reading-view.ts';
import { mayBeZone } from './swipe.ts';

type Way = AccessKeyInput['kind'];
const ways: readonly Way[] = ['mrz', 'can', 'fields'];

/** What was typed so far; a birth date that nobody typed is the holder's. */
type TypedFields = Omit<KeyFields, 'birthDate'> & { readonly birthDate: string | null };

const nothingTyped: TypedFields = { text: '', can: '', documentNumber: '', birthDate: null, expiryDate: '' };

function keyFrom(way: Way, fields: KeyFields): AccessKeyInput {
  // As it was typed: what a scanner's keyboard made of it is for the main process to see.
  if (way === 'mrz') return { kind: 'mrz', text: fields.text };
  if (way === 'can') return { kind: 'can', can: fields.can };
  const { documentNumber, birthDate, expiryDate } = fields;
  return { kind: 'fields', documentNumber: documentNumber.trim().toUpperCase(), birthDate, expiryDate };
}

function isFilled(way: Way, fields: KeyFields): boolean {
  if (way === 'mrz') return isMrzWhole(fields.text) || mayBeZone(fields.text);
  if (way === 'can') return fields.can.length === 6;
  const days = [typedDay(fields.birthDate, 'birth'), typedDay(fields.expiryDate, 'expiry')];
  return fields.documentNumber.trim() !== '' && days.every((day) => day === 'possible');
}

interface Asked {
  readonly question: string;
  readonly help: string;
}

function questionOf(way: Way, isSecond: boolean, t: Texts): Asked {
  if (isSecond && way === 'mrz') return { question: t('second/key'), help: t('second/keyHelp') };
  if (way === 'mrz') return { question: t('key/question'), help: t('key/help') };
  if (way === 'can') return { question: t('key/questionCan'), help: t('key/helpCan') };
  return { question: t('key/questionFields'), help: t('key/helpFields') };
}

interface KeyQuestionProps {
  readonly view: CaseView;
  /** The specimen on the training reader, whose printed lines can be filled in. */
  readonly specimen: string | null;
  /** The key was taken, or the one that was there stays. */
  readonly onLeave: () => void;
}

/** What opens the chip: the lines of the photo page, typed or swiped, six digits, or number and dates. */
export function KeyQuestion({ view, specimen, onLeave }: KeyQuestionProps) {
  const { t } = useWords();
  const { ask, busy, failure, forget } = useAsking();
  const isSecond = view.step === 'second';
  const place = isSecond ? 'second-key' : 'key';
  const [way, setWay] = useDraft<Way>(`${place}/way`, view.keyKind ?? 'mrz');
  const known = isSecond ? '' : birthDateOf(view.holder);
  const [typed, setFields] = useDraft(`${place}/fields`, nothingTyped);
  // The holder's own, until somebody types another.
  const fields = typed.birthDate === null ? { ...typed, birthDate: known } : { ...typed, birthDate: typed.birthDate };
  const rejected = isRejected(view, way);
  const [filming, setFilming] = useState(false);
  const printed = usePrinted(specimen);
  const change = (changed: Partial<KeyFields>) => {
    forget();
    setFields((known) => ({ ...known, ...changed }));
  };
  const submit = async (filled: KeyFields = fields) => {
    if (!isFilled(way, filled) || notNow(view.reading) !== undefined) return;
    const answer = await ask('case.setAccessKey', keyFrom(way, filled));
    if (answer !== null) onLeave();
  };
  const filmed = (text: string) => {
    setFilming(false);
    change({ text });
  };
  const scanned = [fields.text, fields.documentNumber].some(isDigitalIdCard);
  const { question, help } = questionOf(way, isSecond, t);
  return (
    <Question question={question} help={help} onSubmit={() => void submit()} focusHeading={false}>
      <fieldset className={classes.ways} aria-label={t('key/way')}>
        {ways.map((each) => (
          <Button
            key={each}
            kind={each === way ? 'plain' : 'quiet'}
            pressed={each === way}
            onClick={() => setWay(each)}
          >
            {t(`key/way-${each}`)}
          </Button>
        ))}
      </fieldset>
      {way === 'mrz' ? (
        <LinesField
          label={t(isSecond ? 'second/lines' : 'key/lines')}
          value={fields.text}
          onChange={(text) => change({ text })}
          onWhole={() => void submit()}
          rejected={rejected}
        />
      ) : null}
      {way === 'mrz' && filming ? (
        <FilmLines
          onRead={(text) => {
            filmed(text);
            void submit({ ...fields, text });
          }}
          onCorrect={filmed}
          onClose={() => setFilming(false)}
        />
      ) : null}
      {way === 'can' ? <CanField value={fields.can} onChange={(can) => change({ can })} /> : null}
      {way === 'fields' ? <DateFields fields={fields} onChange={change} known={known} /> : null}
      {scanned ? <FailureNotice code="bankid-card.recognised" /> : null}
      {failure === null ? null : <FailureNotice code={failure} />}
      <DelayNotice reading={view.reading} />
      <div className={classes.actions}>
        <Button
          kind="main"
          type="submit"
          icon={ArrowRight}
          disabled={busy || !isFilled(way, fields)}
          notNow={notNow(view.reading)}
        >
          {t('key/action')}
        </Button>
        {printed === null || (way === 'can' && printed.can === null) || way === 'fields' ? null : (
          <Button
            icon={ClipboardPaste}
            onClick={() => change({ text: printed.mrz.join('\n'), can: printed.can ?? '' })}
          >
            {t('training/fill')}
          </Button>
        )}
        {way === 'mrz' && !filming ? (
          <Button icon={ScanText} onClick={() => setFilming(true)}>
            {t('key/film')}
          </Button>
        ) : null}
        {view.keyKind === null ? null : (
          <Button kind="quiet" onClick={onLeave}>
            {t('key/keep')}
          </Button>
        )}
      </div>
      <Quote say={({ t: said }) => said(isSecond ? 'second/ask' : 'key/ask')} />
    </Question>
  );
}

// What is printed on the specimen that lies on the training reader.
function usePrinted(specimen: string | null): SpecimenRow | null {
  const bridge = useBridge();
  const [printed, setPrinted] = useState<SpecimenRow | null>(null);
  useEffect(() => {
    setPrinted(null);
    if (specimen === null) return;
    let wanted = true;
    void bridge.call('training.specimens').then((result) => {
      if (wanted && result.ok) setPrinted(result.value.find(({ id }) => id === specimen) ?? null);
    });
    return () => {
      wanted = false;
    };
  }, [bridge, specimen]);
  return printed !== null && printed.mrz.length === 0 ? null : printed;
}
