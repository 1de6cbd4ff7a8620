import { useCallback, useEffect, useMemo, useState } from 'react';
import { longest } from '../../main/result/bounds.ts';
import type { KioskBridge, KioskState } from '../../preload/kiosk-contract.ts';
import { type Language, languages } from '../../resources/texts/languages.ts';
import { useSwipe } from '../desk/use-swipe.ts';
import { LanguageContext, loadWords, wordsIn } from '../parts/language.ts';
import type { FaceGuide } from './face-guide.ts';
import { HelpBar } from './help-bar.tsx';
import classes from './kiosk.module.css';
import { KioskScreenView } from './kiosk-screen.tsx';
import { TouchPace } from './paces.ts';
import { type KioskAct, screenModel } from './screen-model.ts';
import { useHeadset, useSpeech, useWarningTone } from './speech.ts';
import { spokenScreen } from './spoken.ts';
import { TimeWarning } from './time-warning.tsx';
import { TrainingBar } from './training-bar.tsx';
import { useKioskKeys } from './use-kiosk-keys.ts';

/** So often the page says that it lives. */
const beatMillis = 3_000;

/** The kiosk: what the main process says is shown, and nothing is kept here. */
export function KioskPage({ bridge }: { readonly bridge: KioskBridge }) {
  const [state, setState] = useState<KioskState | null>(null);
  const [language, setLanguage] = useState<Language | null>(null);
  useEffect(() => {
    const stop = bridge.onState(setState);
    // Asked for again and again: it tells the main process that this page lives, and finds what a lost message would have told.
    const ask = (): void =>
      void bridge.call('state').then((answer) => {
        if (answer.ok) setState((now) => (now === null || now.revision < answer.value.revision ? answer.value : now));
      });
    ask();
    const beat = setInterval(ask, beatMillis);
    return () => {
      clearInterval(beat);
      stop();
    };
  }, [bridge]);
  const wanted = state?.language ?? null;
  useEffect(() => {
    if (wanted === null) return;
    // All of them: each language is offered in itself. English stands where one is not to be had.
    void Promise.all(languages.map(loadWords)).then((loaded) =>
      setLanguage(loaded[languages.indexOf(wanted)] === true ? wanted : 'en'),
    );
  }, [wanted]);
  useEffect(() => {
    if (language !== null) document.documentElement.lang = language;
  }, [language]);
  if (state === null || language === null) return null;
  return (
    <LanguageContext value={language}>
      <Kiosk bridge={bridge} state={state} language={language} />
    </LanguageContext>
  );
}

interface KioskProps {
  readonly bridge: KioskBridge;
  readonly state: KioskState;
  readonly language: Language;
}

function Kiosk({ bridge, state, language }: KioskProps) {
  const words = wordsIn(language);
  const [guide, setGuide] = useState<FaceGuide>('starting');
  const model = useMemo(() => screenModel(state, words, guide), [state, words, guide]);
  const spoken = spokenScreen(state, model, words, wordsIn);
  const [again, setAgain] = useState(0);
  const act = useCallback(
    ({ method, args }: KioskAct) =>
      void (bridge.call as (name: string, ...given: readonly unknown[]) => unknown)(method, ...args),
    [bridge],
  );
  const speak = useCallback(() => act({ method: 'prefer', args: [{ speech: true }] }), [act]);
  useSpeech(spoken, state.speech, again);
  useHeadset(speak);
  useWarningTone(state.time !== null);
  useTouched(bridge);
  useKioskKeys({ state, model, act, speak, again: () => setAgain(again + 1) });
  const scan = useCallback((text: string) => act({ method: 'scan', args: [text] }), [act]);
  const scans = !['reading', 'face', 'result', 'colleague', 'out-of-order'].includes(state.screen);
  useSwipe(scan, scans, longest.orderCode);
  return (
    <div
      className={state.contrast ? `${classes.page} ${classes.contrast}` : classes.page}
      data-screen={state.screen}
      data-visit={state.visit}
    >
      {state.training ? <TrainingBar state={state} act={act} /> : <div />}
      <KioskScreenView key={`${state.visit} ${state.screen}`} {...{ bridge, state, model, act }} onGuide={setGuide} />
      <HelpBar {...{ state, model, act }} />
      {/* What is read aloud stands here as text, for whoever reads by other means. */}
      <p className="only-heard" aria-live="polite" data-testid="spoken">
        {state.speech ? spoken.map(({ text }) => text).join(' ') : ''}
      </p>
      {state.time === null ? null : <TimeWarning time={state.time} act={act} />}
    </div>
  );
}

function useTouched(bridge: KioskBridge): void {
  useEffect(() => {
    const pace = new TouchPace();
    const touched = ({ timeStamp }: Event): void => {
      if (pace.tells(timeStamp)) void bridge.call('touched');
    };
    const kinds = ['pointerdown', 'keydown'] as const;
    for (const kind of kinds) document.addEventListener(kind, touched, { capture: true });
    return () => {
      for (const kind of kinds) document.removeEventListener(kind, touched, { capture: true });
    };
  }, [bridge]);
}
