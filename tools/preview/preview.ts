import { isLanguage } from '../../resources/texts/languages.ts';
import { fakeBridge } from './fake-bridge.ts';
import { fakeConfirmBridge } from './fake-confirm-bridge.ts';
import { fakeKioskBridge } from './kiosk.ts';
import { type Scene, type SceneName, scenes } from './scenes.ts';

// `?scene=reading&language=sv`: the page as it stands in that scene.
const asked = new URLSearchParams(location.search);
const name = (asked.get('scene') ?? 'purpose') as SceneName;
const wanted = asked.get('language') ?? '';
const language = isLanguage(wanted) ? wanted : 'sv';
const scene: Scene = scenes[name];
if (scene.kiosk !== undefined) {
  Object.assign(globalThis, { styrkKiosk: fakeKioskBridge({ ...scene.kiosk, language }) });
  await import('../../renderer/kiosk.tsx');
} else if (scene.confirm === undefined) {
  Object.assign(globalThis, { styrk: fakeBridge(scene, language) });
  await import('../../renderer/main.tsx');
} else {
  Object.assign(globalThis, { styrkConfirm: fakeConfirmBridge({ ...scene.confirm, language }) });
  await import('../../renderer/confirm.tsx');
}
