import { useEffect, useRef } from 'react';
import type { KioskBridge, KioskState } from '../../preload/kiosk-contract.ts';
import { languages } from '../../resources/texts/languages.ts';
import { screenLights } from '../face-challenge/light.ts';
import { useWords, wordsIn } from '../parts/language.ts';
import { FaceFilm } from './face-film.tsx';
import type { FaceGuide } from './face-guide.ts';
import { Film } from './film.tsx';
import classes from './kiosk.module.css';
import { KioskButton } from './kiosk-button.tsx';
import { LayPicture } from './lay-picture.tsx';
import { type KioskAct, lightOf, type ScreenModel } from './screen-model.ts';
import { CanForm, ColleagueForm, FieldsForm } from './typing.tsx';

interface KioskScreenProps {
  readonly bridge: KioskBridge;
  readonly state: KioskState;
  readonly model: ScreenModel;
  readonly act: (act: KioskAct) => void;
  readonly onGuide: (guide: FaceGuide) => void;
}

/** One screen: its sentence, what is to be done, and nothing else. */
export function KioskScreenView({ bridge, state, model, act, onGuide }: KioskScreenProps) {
  const { t } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (model.typing === null) heading.current?.focus();
  }, [model.typing]);
  const { screen } = state;
  const lit = screen === 'face' ? lightOf(state.face) : null;
  if (screen === 'attract')
    return (
      <main className={classes.screen}>
        <button type="button" className={classes.begin} onClick={() => act({ method: 'go', args: ['language'] })}>
          <h1>{model.title}</h1>
          {model.lines.map((line) => (
            <span key={line}>{line}</span>
          ))}
          {/* Nobody has chosen a language yet. */}
          {languages
            .filter((language) => language !== state.language)
            .map((language) => (
              <span key={language} lang={language}>
                {wordsIn(language).t('kiosk/attract')}
              </span>
            ))}
        </button>
      </main>
    );
  return (
    <main
      className={state.lower ? `${classes.screen} ${classes.lower}` : classes.screen}
      data-light={lit ?? undefined}
      style={lit === null ? undefined : { backgroundColor: `rgb(${screenLights[lit].join(' ')})` }}
    >
      <h1 ref={heading} tabIndex={-1}>
        {model.title}
      </h1>
      {model.said === null ? null : (
        <p className={classes.said} role="alert" data-testid="said">
          {model.said}
        </p>
      )}
      {screen === 'film'
        ? null
        : model.lines.map((line) => (
            <p key={line} className={classes.text}>
              {line}
            </p>
          ))}
      {screen === 'film' ? <Film bridge={bridge} onRead={(text) => act({ method: 'scan', args: [text] })} /> : null}
      {screen === 'face' && state.face !== null && ['framing', 'challenge'].includes(state.face.phase) ? (
        <FaceFilm {...{ bridge, act, onGuide }} face={state.face} />
      ) : null}
      {screen === 'lay' ? <LayPicture laying={state.laying} /> : null}
      {screen === 'reading' ? (
        <progress className={classes.progress} aria-label={t('kiosk/readingPart')} max={1} value={state.part} />
      ) : null}
      {model.typing === 'can' ? <CanForm onDone={(can) => act({ method: 'typeCan', args: [can] })} /> : null}
      {model.typing === 'fields' ? (
        <FieldsForm onDone={(fields) => act({ method: 'typeFields', args: [fields] })} />
      ) : null}
      {model.choices.length === 0 ? null : (
        <div className={classes.choices}>
          {model.choices.map(({ label, language, act: chosen }, place) => (
            <KioskButton
              key={label}
              number={place + 1}
              // The way without a camera looks the same on all of these screens.
              main={model.choices.length === 1 && screen !== 'face'}
              {...(language === undefined ? {} : { language })}
              onPress={() => act(chosen)}
            >
              {label}
            </KioskButton>
          ))}
        </div>
      )}
      {screen === 'staff' ? (
        <ColleagueForm
          signIn={state.signIn}
          onDone={(sign, secret) => act({ method: 'signIn', args: [sign, secret] })}
        />
      ) : null}
    </main>
  );
}
