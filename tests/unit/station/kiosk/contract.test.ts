import { describe, expect, it } from 'vitest';
import { checkIds, unsuccessful } from '../../../../main/result/check.ts';
import { failureCodes } from '../../../../main/result/failure-codes.ts';
import { keyReachesKiosk } from '../../../../main/station/kiosk/keys.ts';
import { layingOf } from '../../../../main/station/kiosk/laying.ts';
import { endOf } from '../../../../main/station/kiosk/told.ts';
import { unattendedMethods } from '../../../../main/station/kiosk/unattended.ts';
import { callChannel, methods } from '../../../../preload/contract.ts';
import { chipPlaces, kioskChannel, kioskMethods, kioskStateSchema } from '../../../../preload/kiosk-contract.ts';
import places from '../../../../resources/chip-places.json' with { type: 'json' };

describe('what a kiosk’s page can reach', () => {
  it('is this and nothing else: no method of the office, no search, no record', () => {
    expect(Object.keys(kioskMethods)).toEqual([
      'state',
      'touched',
      'go',
      'chooseLanguage',
      'choosePurpose',
      'scan',
      'typeCan',
      'typeFields',
      'mrz.judgeFilmed',
      'case.faceFilmed',
      'beginFace',
      'faceFramed',
      'answerChallenge',
      'endFace',
      'case.camera',
      'camerasSeen',
      'cameraFailed',
      'tryAgain',
      'callStaff',
      'goOn',
      'prefer',
      'leave',
      'signIn',
      'lay',
    ]);
  });

  it('is told nothing of a person: these fields, and no other', () => {
    expect(Object.keys(kioskStateSchema.entries)).toEqual([
      'revision',
      'screen',
      'visit',
      'language',
      'training',
      'standIn',
      'purposes',
      'purpose',
      'order',
      'laying',
      'part',
      'said',
      'wait',
      'face',
      'result',
      'receipt',
      'called',
      'time',
      'speech',
      'lower',
      'contrast',
      'signIn',
      'code',
      'specimens',
      'specimen',
    ]);
  });

  it('goes by channels of its own', () => {
    const desk = new Set(Object.keys(methods).map((method) => callChannel(method as keyof typeof methods)));
    for (const method of Object.keys(kioskMethods))
      expect(desk.has(kioskChannel(method as keyof typeof kioskMethods) as never)).toBe(false);
  });

  it('and what the kiosk itself may do at the desk is this', () => {
    expect(unattendedMethods.filter((method) => !method.startsWith('case.'))).toEqual([
      'holders.find',
      'mrz.judgeFilmed',
      'training.specimens',
      'training.lay',
      'training.lift',
    ]);
    for (const method of ['case.answerFace', 'case.portrait', 'case.confirmPerson', 'case.lookAtPaper'])
      expect(unattendedMethods).not.toContain(method);
  });
});

describe('of each failure', () => {
  const sayable = ['document.expired', 'document.type-not-accepted'];
  const view = (code: (typeof failureCodes)[number]) => ({
    checks: checkIds.slice(0, 3).map((id) => ({ ...unsuccessful(id, 'failed', code), detail: {} })),
    verdict: null,
    goOnHindrance: null,
  });

  it.each(failureCodes)('%s', (code) => {
    expect(endOf(view(code)).outcome).toBe(sayable.includes(code) ? 'stop' : 'refer');
    expect(endOf(view(code)).told === 'colleague').toBe(!sayable.includes(code));
  });
});

describe('keys', () => {
  const none = { alt: false, control: false, meta: false };
  it('that people type with pass', () => {
    for (const key of ['a', 'Å', '<', '7', 'Enter', 'Tab', 'Escape', 'Backspace', 'ArrowDown', ' '])
      expect(keyReachesKiosk({ key, ...none })).toBe(true);
    expect(keyReachesKiosk({ key: '@', alt: true, control: true, meta: false })).toBe(true);
  });

  it('that are the machine’s do not', () => {
    const keys = [
      'F1',
      'F5',
      'F11',
      'F12',
      'ContextMenu',
      'PrintScreen',
      'BrowserBack',
      'MediaPlayPause',
      'Alt',
      'Meta',
    ];
    for (const key of keys) expect(keyReachesKiosk({ key, ...none })).toBe(false);
    for (const key of ['w', 'r', 'p', 'i', 'Tab', 'F4', 'Delete', '1']) {
      expect(keyReachesKiosk({ key, alt: false, control: true, meta: false })).toBe(false);
      expect(keyReachesKiosk({ key, alt: true, control: false, meta: false })).toBe(false);
      expect(keyReachesKiosk({ key, alt: true, control: true, meta: false })).toBe(false);
      expect(keyReachesKiosk({ key, alt: false, control: false, meta: true })).toBe(false);
    }
  });
});

describe('where the chip sits', () => {
  const passport = (issuer: string, expiry: string | null) =>
    layingOf({ type: 'passport', issuer, expiry } as Parameters<typeof layingOf>[0]).place;

  it('is what a source says', () => {
    for (const { place, sources, note } of places.places) {
      expect(chipPlaces).toContain(place);
      expect(note).not.toBe('');
      expect(sources.length).toBeGreaterThan(0);
      for (const source of sources) expect(URL.canParse(source)).toBe(true);
    }
    expect(passport('FIN', '2029-04-01')).toBe('data-page');
    expect(passport('D', '2030-01-31')).toBe('data-page');
    expect(passport('D', '2022-01-31')).toBe('cover');
  });

  it('and unknown where none does, or where two series may end on that day', () => {
    expect(passport('D', '2026-11-01')).toBe('unknown');
    expect(passport('D', null)).toBe('unknown');
    expect(passport('UTO', '2030-01-31')).toBe('unknown');
    expect(layingOf(null)).toEqual({ kind: 'unknown', place: 'unknown' });
    expect(layingOf({ type: 'identity-card', issuer: 'SWE', expiry: '2030-01-31' })).toEqual({
      kind: 'card',
      place: 'card',
    });
  });
});
