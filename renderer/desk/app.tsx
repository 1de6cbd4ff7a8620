import { useCallback, useEffect, useState } from 'react';
import type { AppInfo, Language, StyrkBridge } from '../../preload/contract.ts';
import { textsIn } from '../../resources/texts/texts.ts';
import { BridgeContext } from '../parts/bridge.ts';
import { LanguageContext } from '../parts/language.ts';
import { textSizeAfter } from '../parts/text-size.ts';
import { Desk } from './desk.tsx';
import { Unlock } from './unlock.tsx';

/** The whole page: what the app is, in which language, and the desk once its records are open. */
export function App({ bridge }: { readonly bridge: StyrkBridge }) {
  const [info, setInfo] = useState<AppInfo | null>(null);
  const refresh = useCallback(async () => {
    const result = await bridge.call('app.info');
    if (result.ok) setInfo(result.value);
  }, [bridge]);
  useEffect(() => {
    void refresh();
  }, [refresh]);
  const language = info?.language ?? 'sv';
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const textSize = info?.textSize ?? 100;
  useEffect(() => {
    // Everything is measured by it.
    document.documentElement.style.fontSize = textSize === 100 ? '' : `${textSize}%`;
    const hear = (event: KeyboardEvent) => {
      const next = textSizeAfter(textSize, event);
      if (next === null) return;
      event.preventDefault();
      void bridge.call('app.setTextSize', next).then(refresh);
    };
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, [bridge, refresh, textSize]);
  const setLanguage = (next: Language) => {
    void bridge.call('app.setLanguage', next).then(refresh);
  };
  if (info === null) return <p role="status">{textsIn(language)('app/starting')}</p>;
  return (
    <BridgeContext value={bridge}>
      <LanguageContext value={language}>
        {info.key === 'locked' ? (
          <Unlock isNew={!info.hasKey} onOpen={refresh} />
        ) : (
          <Desk info={info} onLanguage={setLanguage} />
        )}
      </LanguageContext>
    </BridgeContext>
  );
}
