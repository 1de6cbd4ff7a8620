import { fakeBridge } from './fake-bridge.ts';
import { type SceneName, scenes } from './scenes.ts';

// `?scene=reading&language=sv`: the page as it stands in that scene.
const asked = new URLSearchParams(location.search);
const name = (asked.get('scene') ?? 'purpose') as SceneName;
const language = asked.get('language') === 'en' ? 'en' : 'sv';
Object.assign(globalThis, { styrk: fakeBridge(scenes[name], language) });
await import('../../renderer/main.tsx');
