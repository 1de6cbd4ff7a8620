import { useCallback, useEffect, useRef, useState } from 'react';
import type { AppInfo, Language, StyrkBridge } from '../../preload/contract.ts';
import { BridgeContext } from '../parts/bridge.ts';
import { LanguageContext, loadWords, wordsIn } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { textSizeAfter } from '../parts/text-size.ts';
import { Desk } from './desk.tsx';
import { Unlock } from './unlock.tsx';

/** The whole page: what the app is, in which language, and the desk once its records are open. */
export function App({ bridge }: { readonly bridge: StyrkBridge }) {
  const [info, setInfo] = useState<AppInfo | null>(null);
  const [language, setLanguage] = useState<Language>('en');
  // The words of the language that was chosen are not to be had: a damaged installation.
  const [wordless, setWordless] = useState(false);
  const newest = useRef(0);
  const refresh = useCallback(async () => {
    newest.current += 1;
    const turn = newest.current;
    const result = await bridge.call('app.info');
    if (!result.ok) return;
    // Words first: nothing is shown in a language before they are there, nor in one that was left meanwhile.
    const there = await loadWords(result.value.language);
    if (turn !== newest.current) return;
    setLanguage(there ? result.value.language : 'en');
    setWordless(!there);
    setInfo(result.value);
  }, [bridge]);
  useEffect(() => {
    void refresh();
  }, [refresh]);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const textSize = info?.textSize ?? 100;
  const setTextSize = useCallback(
    (next: AppInfo['textSize']) => void bridge.call('app.setTextSize', next).then(refresh),
    [bridge, refresh],
  );
  useEffect(() => {
    // Everything is measured by it.
    document.documentElement.style.fontSize = textSize === 100 ? '' : `${textSize}%`;
    const hear = (event: KeyboardEvent) => {
      const next = textSizeAfter(textSize, event);
      if (next === null) return;
      event.preventDefault();
      setTextSize(next);
    };
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, [setTextSize, textSize]);
  const chooseLanguage = async (next: Language) => {
    await bridge.call('app.setLanguage', next);
    await refresh();
  };
  // The name alone, which is the same in every language: which one it is, only the answer says.
  if (info === null)
    return (
      <p role="status" aria-busy="true">
        {wordsIn('en').t('app/name')}
      </p>
    );
  return (
    <BridgeContext value={bridge}>
      <LanguageContext value={language}>
        {wordless ? <FailureNotice code="internal.unexpected" customer={false} /> : null}
        {info.key === 'locked' ? (
          <Unlock isNew={!info.hasKey} onOpen={refresh} />
        ) : (
          <Desk info={info} onLanguage={chooseLanguage} onTextSize={setTextSize} />
        )}
      </LanguageContext>
    </BridgeContext>
  );
}
