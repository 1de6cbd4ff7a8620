import { useEffect, useRef } from 'react';
import { languageFacts } from '../../resources/texts/languages.ts';
import { PluggedOutputs } from './paces.ts';
import type { SpokenSentence } from './spoken.ts';

/** Reads sentences aloud by the machine's own voices; a language without a voice is left to the eyes. */
function speak(sentences: readonly SpokenSentence[]): void {
  const { speechSynthesis } = globalThis;
  speechSynthesis.cancel();
  const voices = speechSynthesis.getVoices();
  for (const { language, text } of sentences) {
    const { locale } = languageFacts[language];
    const [tag = locale] = locale.split('-');
    const voice = voices.find(({ lang }) => lang.replace('_', '-').toLowerCase().startsWith(tag));
    // A voice of another language reads what nobody understands.
    if (voice === undefined) continue;
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.lang = locale;
    utterance.voice = voice;
    speechSynthesis.speak(utterance);
  }
}

/** Speaks what is on the screen while `on`, anew whenever it changes, and once more when `again` grows. */
export function useSpeech(sentences: readonly SpokenSentence[], on: boolean, again: number): void {
  const now = useRef(sentences);
  now.current = sentences;
  const text = sentences.map((each) => each.text).join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text and the wish to hear it again are what begins it
  useEffect(() => {
    if (!on || !('speechSynthesis' in globalThis)) return;
    speak(now.current);
    return () => globalThis.speechSynthesis.cancel();
  }, [text, on, again]);
}

/** A headset that is plugged in is somebody who wants to hear. */
export function useHeadset(plugged: () => void): void {
  const told = useRef(plugged);
  told.current = plugged;
  useEffect(() => {
    const { mediaDevices } = navigator;
    if (mediaDevices === undefined) return;
    const outputs = new PluggedOutputs();
    const look = async (): Promise<void> => {
      const devices = await mediaDevices.enumerateDevices();
      const now = devices.filter(({ kind }) => kind === 'audiooutput').length;
      if (outputs.isPlugged(now)) told.current();
    };
    const hear = (): void => void look().catch(() => undefined);
    hear();
    mediaDevices.addEventListener('devicechange', hear);
    return () => mediaDevices.removeEventListener('devicechange', hear);
  }, []);
}

/** A short tone: the screen is about to be cleared. */
export function useWarningTone(sounds: boolean): void {
  useEffect(() => {
    if (!sounds || !('AudioContext' in globalThis)) return;
    const audio = new AudioContext();
    const tone = audio.createOscillator();
    const gain = audio.createGain();
    gain.gain.value = 0.2;
    tone.frequency.value = 660;
    tone.connect(gain).connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + 0.4);
    tone.addEventListener('ended', () => void audio.close().catch(() => undefined), { once: true });
  }, [sounds]);
}
