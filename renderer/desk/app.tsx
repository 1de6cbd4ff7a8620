import { useCallback, useEffect, useState } from 'react';
import type { AppInfo, Language, StyrkBridge } from '../../preload/contract.ts';
import { textsIn } from '../../resources/texts/texts.ts';
import { BridgeContext } from '../parts/bridge.ts';
import { LanguageContext } from '../parts/language.ts';
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
  const setLanguage = (next: Language) => {
    void bridge.call('app.setLanguage', next).then(refresh);
  };
  if (info === null) return <p role="status">{textsIn(language)('app/starting')}</p>;
  return (
    <BridgeContext value={bridge}>
      <LanguageContext value={language}>
        {info.key === 'locked' ? <Unlock onOpen={refresh} /> : <Desk info={info} onLanguage={setLanguage} />}
      </LanguageContext>
    </BridgeContext>
  );
}
