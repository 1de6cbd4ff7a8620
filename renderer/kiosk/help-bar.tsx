import { ArrowLeft, Contrast, Hand, PanelBottom, Volume2, X } from 'lucide-react';
import type { KioskState } from '../../preload/kiosk-contract.ts';
import { useWords } from '../parts/language.ts';
import classes from './kiosk.module.css';
import { KioskButton } from './kiosk-button.tsx';
import type { KioskAct, ScreenModel } from './screen-model.ts';

interface HelpBarProps {
  readonly state: KioskState;
  readonly model: ScreenModel;
  readonly act: (act: KioskAct) => void;
}

/** What can be had at any time, at the same place on every screen: staff, the way back, and other ways to see and hear. */
export function HelpBar({ state, model, act }: HelpBarProps) {
  const { t } = useWords();
  if (state.screen === 'colleague') return <div />;
  const { back } = model;
  return (
    <nav className={classes.bar} aria-label={t('kiosk/bar/label')}>
      <div className={classes.ways}>
        {back === null ? null : (
          <KioskButton icon={ArrowLeft} onPress={() => act(back)}>
            {t('kiosk/bar/back')}
          </KioskButton>
        )}
        {model.leaves ? (
          <KioskButton icon={X} onPress={() => act({ method: 'leave', args: [] })}>
            {t('kiosk/bar/leave')}
          </KioskButton>
        ) : null}
        <KioskButton
          icon={Volume2}
          pressed={state.speech}
          onPress={() => act({ method: 'prefer', args: [{ speech: !state.speech }] })}
        >
          {t('kiosk/bar/speech')}
        </KioskButton>
        <KioskButton
          icon={PanelBottom}
          pressed={state.lower}
          onPress={() => act({ method: 'prefer', args: [{ lower: !state.lower }] })}
        >
          {t('kiosk/bar/lower')}
        </KioskButton>
        <KioskButton
          icon={Contrast}
          pressed={state.contrast}
          onPress={() => act({ method: 'prefer', args: [{ contrast: !state.contrast }] })}
        >
          {t('kiosk/bar/contrast')}
        </KioskButton>
      </div>
      <KioskButton icon={Hand} main onPress={() => act({ method: 'callStaff', args: [true] })}>
        {t('kiosk/bar/call')}
      </KioskButton>
    </nav>
  );
}
