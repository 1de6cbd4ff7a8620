import { describe, expect, it } from 'vitest';
import type { FailureCode, failureCodes } from '../../../main/result/failure-codes.ts';
import type { CaseView, DeskState } from '../../../preload/contract.ts';
import { comparisonRows } from '../../../renderer/desk/comparison-view.ts';
import {
  decisionInput,
  goOnClosed,
  isAllowed,
  needsReason,
  outcomeAtFirst,
  outcomeOfVerdict,
} from '../../../renderer/desk/decision-view.ts';
import { deskCommand, type KeyPress } from '../../../renderer/desk/keyboard.ts';
import { laidView } from '../../../renderer/desk/laid-view.ts';
import { waitsUntil } from '../../../renderer/desk/queue-view.ts';
import { railEntries, reached } from '../../../renderer/desk/rail-view.ts';
import { announcement, stripView } from '../../../renderer/desk/reader-view.ts';
import { chipPanel, isRejected, stepLines, stepWords } from '../../../renderer/desk/reading-view.ts';
import { stepBefore } from '../../../renderer/desk/steps.ts';
import { nameInList, purposeInList } from '../../../renderer/parts/holder-name.ts';
import { failureWords } from '../../../resources/failures/failures.ts';
import { textsIn } from '../../../resources/texts/texts.ts';
import { caseOf, check, deskOf, holder, passport, readingOf, wordsIn } from './cases.ts';

const t = textsIn('en');
const happened = (code: (typeof failureCodes)[number]) => failureWords('en', code).happened;

describe('a row of a list', () => {
  it.each([
    [{ holderName: 'Åsa Öberg', nameless: null }, 'Åsa Öberg'],
    [{ holderName: null, nameless: 'nobody' }, 'Not chosen'],
    [{ holderName: null, nameless: 'protected' }, 'Protected identity'],
    [{ holderName: null, nameless: 'unreadable' }, 'Not stated'],
  ] as const)('that holds %j says %s', (row, words) => {
    expect(nameInList(t, row)).toBe(words);
  });

  it.each([
    [{ purpose: 'renew-bankid', nameless: null }, 'Renew BankID'],
    [{ purpose: null, nameless: 'nobody' }, 'Not chosen'],
    // Erased, or sealed by a key that is not ours: why the customer came is not known to be nothing.
    [{ purpose: null, nameless: 'unreadable' }, 'Not stated'],
  ] as const)('that holds %j says %s', (row, words) => {
    expect(purposeInList(t, row)).toBe(words);
  });
});

// How long a case that waits may wait is said, and what is left once it is too late (docs/policies.md, `referralHours`).
describe('a case that waits', () => {
  it.each([
    [{ until: '2026-11-24T09:15:00Z', past: false }, /^24 Nov 2026, \d\d:15$/],
    [{ until: '2026-11-24T09:15:00Z', past: true }, /^Too late since 24 Nov 2026, \d\d:15$/],
    [{ until: null, past: true }, /^The reading is too old$/],
  ])('until %j', (row, words) => {
    expect(waitsUntil(t, 'en', row)).toMatch(words);
  });
});

describe('the way to the decision', () => {
  const verdict = { reasons: [], decidedBy: null, passedOver: [], conditions: [] };
  const read = (word: 'accept' | 'refer' | 'reject', changes: Partial<CaseView> = {}) =>
    caseOf({
      step: 'chip',
      holder,
      portrait: 'verified',
      reading: readingOf('done'),
      verdict: { ...verdict, verdict: word },
      ...changes,
    });

  it('leads past no comparison of faces that can be made: neither Alt+5 nor the rail', () => {
    expect(reached(read('refer'), 'decide')).toBe('face');
    expect(reached(read('accept'), 'decide')).toBe('face');
    expect(reached(read('refer', { face: { answer: 'same', reason: null } }), 'decide')).toBe('decide');
  });

  it('is open where there is nothing to compare: refused, without a photo, or a colleague’s', () => {
    expect(reached(read('reject'), 'decide')).toBe('decide');
    expect(reached(read('refer', { portrait: 'none' }), 'decide')).toBe('decide');
    const referral = { by: 'ZZ', at: '2026-11-23T10:00:00Z', reason: null, putsOnFile: false };
    const face = { answer: 'same', reason: null } as const;
    expect(reached(read('refer', { referral, face }), 'decide')).toBe('decide');
    // At a kiosk nobody has compared the faces: whoever decides does.
    expect(reached(read('refer', { referral }), 'decide')).toBe('face');
  });

  it('stands in nobody’s way to another step, and leaves the comparison by an answer alone', () => {
    expect(reached(read('refer'), 'holder')).toBe('holder');
    expect(reached(read('refer', { step: 'face' }), 'decide')).toBe('face');
  });
});

describe('what was typed and the chip refused', () => {
  it('is told of the way in which it was typed alone', () => {
    const refused = { keyKind: 'mrz', reading: readingOf('failed', { code: 'access.wrong-key' }) } as const;
    expect(isRejected(refused, 'mrz')).toBe(true);
    expect(isRejected(refused, 'can')).toBe(false);
    expect(isRejected({ ...refused, reading: readingOf('failed', { code: 'card.removed' }) }, 'mrz')).toBe(false);
  });
});

describe('the keyboard', () => {
  const press = (key: string, changes: Partial<KeyPress> = {}): KeyPress => ({
    key,
    code: '',
    altKey: false,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    ...changes,
  });

  it.each([
    ['Digit1', 'purpose'],
    ['Digit3', 'chip'],
    ['Numpad5', 'decide'],
  ])('Alt and %s go to %s, whatever character the layout makes of it', (code, step) => {
    expect(deskCommand(press('¡', { code, altKey: true }), true)).toEqual({ type: 'go-to', step });
  });

  it('knows F2, F9 and Escape also while a field has the focus', () => {
    expect(deskCommand(press('F2'), true)).toEqual({ type: 'go-to', step: 'holder' });
    expect(deskCommand(press('F9'), true)).toEqual({ type: 'tap' });
    expect(deskCommand(press('Escape'), true)).toEqual({ type: 'back' });
  });

  it('leaves Enter to the control that has the focus', () => {
    expect(deskCommand(press('Enter'), true)).toBeNull();
    expect(deskCommand(press('Enter'), false)).toEqual({ type: 'main-action' });
  });

  it('takes nothing with other modifiers, nor other keys', () => {
    expect(deskCommand(press('F9', { ctrlKey: true }), false)).toBeNull();
    expect(deskCommand(press('6', { code: 'Digit6', altKey: true }), false)).toBeNull();
    expect(deskCommand(press('a'), false)).toBeNull();
  });

  it('goes back one step at a time, and nowhere from the first', () => {
    const earlier = (step: Parameters<typeof stepBefore>[0]['step'], holderAsked = true) =>
      stepBefore({ step, holderAsked, second: null });
    expect(earlier('decide')).toBe('face');
    expect(earlier('chip')).toBe('holder');
    expect(earlier('purpose')).toBeNull();
    // Whom the document names is looked for in no register.
    expect(earlier('chip', false)).toBe('purpose');
  });
});

describe('a second document', () => {
  const second: NonNullable<CaseView['second']> = {
    open: true,
    laid: false,
    keyKind: null,
    reading: readingOf('idle'),
    document: null,
    access: null,
    checks: [],
    specimen: false,
  };
  const beside = (changes: Partial<typeof second> = {}, more: Partial<CaseView> = {}) =>
    caseOf({ step: 'second', keyKind: 'mrz', reading: readingOf('done'), second: { ...second, ...changes }, ...more });
  const words = (view: CaseView) => stripView(deskOf(view), t, happened).words;

  it('has a place without a number after the chip, where the errand takes one, and F6', () => {
    const steps = (view: CaseView) =>
      railEntries(view, t).map(({ step, number, shortcut }) => [step, number, shortcut]);
    expect(steps(beside({}, { step: 'chip' }))[3]).toEqual(['second', '+', 'F6']);
    expect(steps(beside({}, { step: 'chip' }))[4]).toEqual(['face', '4', 'Alt+4']);
    for (const none of [caseOf(), beside({ open: false }, { step: 'chip' })]) expect(steps(none)).toHaveLength(5);
    expect(
      deskCommand({ key: 'F6', code: '', altKey: false, ctrlKey: false, metaKey: false, shiftKey: false }, true),
    ).toEqual({ type: 'go-to', step: 'second' });
  });

  it('says on the rail how far it is', () => {
    const answer = (changes: Partial<typeof second>) =>
      railEntries(beside(changes), t).find(({ step }) => step === 'second')?.answer;
    expect(answer({})).toBeNull();
    expect(answer({ laid: true })).toBe('Not read yet');
    expect(answer({ laid: true, reading: readingOf('reading') })).toBe('Reading');
    expect(answer({ laid: true, reading: readingOf('done') })).toBe('Read');
  });

  it('is what its step types, taps, reads and announces; elsewhere the first one is', () => {
    expect(chipPanel(laidView(beside()), false)).toBe('key');
    expect(chipPanel(laidView(beside({ keyKind: 'can', reading: readingOf('waiting') })), false)).toBe('waiting');
    expect(chipPanel(laidView(beside({}, { step: 'chip' })), false)).toBe('done');
    expect(words(beside({ laid: true, keyKind: 'can', reading: readingOf('waiting') }))).toContain('place the permit');
    expect(words(beside({ laid: true, keyKind: 'can', reading: readingOf('reading') }))).toBe('Hold still');
    expect(words(beside({}, { step: 'chip' }))).toBe('The chip is read');
  });

  it('is gone back from to the chip, and to from the face once it was laid', () => {
    expect(stepBefore(beside())).toBe('chip');
    expect(stepBefore(beside({ laid: true }, { step: 'face' }))).toBe('second');
    expect(stepBefore(beside({}, { step: 'face' }))).toBe('chip');
  });
});

describe('the rail', () => {
  const answers = (view: Parameters<typeof railEntries>[0]) => railEntries(view, t).map(({ answer }) => answer);

  it('shows the first step as the present one without a case', () => {
    expect(railEntries(null, t).map(({ state }) => state)).toEqual([
      'current',
      'waiting',
      'waiting',
      'waiting',
      'waiting',
    ]);
  });

  it('carries the answers of steps that are done', () => {
    const view = caseOf({
      step: 'decide',
      holder,
      keyKind: 'mrz',
      reading: readingOf('done'),
      portrait: 'verified',
      face: { answer: 'same', reason: null },
    });
    expect(answers(view)).toEqual(['Renew BankID', 'Åsa Öberg', 'Read', 'Same person', null]);
    expect(railEntries(view, t).every(({ open }) => open)).toBe(true);
  });

  it('opens the face only where a photo was read', () => {
    const open = (portrait: CaseView['portrait']) =>
      railEntries(caseOf({ holder, portrait }), t).find(({ step }) => step === 'face')?.open;
    expect(open('none')).toBe(false);
    for (const portrait of ['verified', 'altered', 'unverified', 'broken'] as const) expect(open(portrait)).toBe(true);
  });

  it('keeps later steps closed until the errand and the person are known', () => {
    const entries = railEntries(caseOf({ step: 'purpose', purpose: null }), t);
    expect(entries.filter(({ open }) => open).map(({ step }) => step)).toEqual(['purpose']);
    const onTheWay = railEntries(caseOf({ holderNotOnFile: true, step: 'chip' }), t);
    expect(onTheWay[1]?.answer).toBe('Not on file');
    expect(onTheWay.filter(({ open }) => open).map(({ step }) => step)).toEqual([
      'purpose',
      'holder',
      'chip',
      'decide',
    ]);
  });
});

describe('the reader strip', () => {
  it('names a service that has stopped, whatever the case does', () => {
    const state = deskOf(caseOf({ reading: readingOf('waiting') }), {
      service: { available: false, code: 'reader.service-stopped' },
    });
    expect(stripView(state, t, happened)).toMatchObject({ tone: 'trouble', code: 'reader.service-stopped' });
  });

  it.each([
    ['in-use', 'reader.shared'],
    ['unusable', 'reader.unusable'],
  ] as const)('names a reader that is %s', (readerState, code) => {
    const state = deskOf(null, { readers: [{ name: 'R', kind: 'pcsc', state: readerState }] });
    expect(stripView(state, t, happened)).toMatchObject({ tone: 'trouble', code, words: happened(code) });
  });

  it('asks nobody for an errand who takes no cases, or has yet to sign in', () => {
    const idle = deskOf(null);
    const admin = { sign: 'AB', name: 'Anna Berg', role: 'administrator', takesCases: false, lapsed: false } as const;
    const of = (operator: DeskState['session']['operator']) =>
      stripView({ ...idle, session: { ...idle.session, needed: true, operator } }, t, happened).words;
    expect(stripView(idle, t, happened).words).toBe(t('reader/readyIdle'));
    // Nor does who sets the station up.
    expect(stripView(idle, t, happened, true).words).toBe(t('reader/ready'));
    expect([of(null), of(admin)]).toEqual([t('reader/ready'), t('reader/ready')]);
    expect(of({ ...admin, role: 'teller', takesCases: true })).toBe(t('reader/readyIdle'));
  });

  it('says when no reader is there', () => {
    expect(stripView(deskOf(null, { readers: [], reader: null }), t, happened).code).toBe('reader.none');
    const other = { readers: [{ name: 'R', kind: 'pcsc', state: 'empty' }], reader: null, readerSet: 'S' } as const;
    expect(stripView(deskOf(null, { ...other, readers: [...other.readers] }), t, happened).code).toBe(
      'reader.not-found',
    );
  });

  it('follows the reading by step, bytes and seconds', () => {
    const reading = readingOf('reading', {
      steps: [{ step: 'portrait', state: 'under-way' }],
      file: 'EF.DG2',
      bytesRead: 11_264,
      bytesTotal: 18_432,
      seconds: 2.7,
    });
    const strip = stripView(deskOf(caseOf({ step: 'chip', reading })), t, happened);
    expect(strip).toMatchObject({ tone: 'busy', words: 'Hold still', progress: 'Photo · 11 of 18 KB · 3 s' });
  });

  it('turns amber and asks for the document back when it was torn away', () => {
    const strip = stripView(
      deskOf(caseOf({ reading: readingOf('interrupted', { code: 'card.removed' }) })),
      t,
      happened,
    );
    expect(strip).toMatchObject({ tone: 'attention', words: "Put it back and we'll carry on" });
  });

  it('asks for what opens the chip first, then for the document', () => {
    const words = (keyKind: 'mrz' | null) => stripView(deskOf(caseOf({ step: 'chip', keyKind })), t, happened).words;
    expect(words(null)).toBe(t('reader/readyKey'));
    expect(words('mrz')).toBe(t('reader/readyLay'));
  });
});

describe('the chip step', () => {
  it('asks for the key first, and again when staff want to change it', () => {
    expect(chipPanel(caseOf(), false)).toBe('key');
    expect(chipPanel(caseOf({ keyKind: 'can', reading: readingOf('waiting') }), false)).toBe('waiting');
    expect(chipPanel(caseOf({ keyKind: 'can', reading: readingOf('failed') }), true)).toBe('key');
  });

  it('shows a reading under way even while staff were typing', () => {
    expect(chipPanel(caseOf({ keyKind: 'mrz', reading: readingOf('reading') }), true)).toBe('reading');
    expect(chipPanel(caseOf({ keyKind: 'mrz', reading: readingOf('interrupted') }), true)).toBe('interrupted');
  });

  it('asks what was laid down when a chip holds no travel document', () => {
    const checks = [check('document.type', 'failed', 'document.no-application')];
    expect(chipPanel(caseOf({ keyKind: 'mrz', reading: readingOf('done'), checks }), false)).toBe('no-document');
    expect(chipPanel(caseOf({ keyKind: 'mrz', reading: readingOf('done') }), false)).toBe('done');
    expect(chipPanel(caseOf({ keyKind: 'mrz', reading: readingOf('no-chip') }), false)).toBe('no-chip');
  });

  it('names the protocol of the secure channel as soon as it is known', () => {
    const reading = readingOf('reading', { steps: [{ step: 'access', state: 'under-way' }] });
    const access = { protocol: 'PACE', mapping: 'GM', agreement: 'ECDH', parameters: null, cipher: null } as const;
    expect(stepLines(caseOf({ reading, access }), t)[0]?.words).toBe('Secure channel · PACE');
    expect(stepWords(caseOf({ reading }), t)).toBe('Secure channel');
    expect(stepWords(caseOf(), t)).toBe('Reading');
  });
});

describe('holder and document side by side', () => {
  it('marks what differs and what is near, and nothing that was not compared', () => {
    const checks = [
      check('holder.name', 'undetermined', 'holder.name-near'),
      check('holder.personal-number', 'failed', 'holder.personal-number-differs'),
    ];
    const rows = comparisonRows(caseOf({ holder, document: passport, checks }));
    expect(rows.map(({ meeting }) => meeting)).toEqual(['near', 'differs', 'open']);
    expect(rows[1]).toMatchObject({ onFile: '19121212-1212', inDocument: '19121212-1212' });
  });

  it('leaves out what neither side says', () => {
    expect(comparisonRows(caseOf())).toEqual([]);
  });
});

describe('the decision', () => {
  it('follows the verdict beforehand', () => {
    expect((['accept', 'refer', 'reject', null] as const).map(outcomeOfVerdict)).toEqual([
      'go-on',
      'refer',
      'stop',
      'refer',
    ]);
  });

  it('begins with a colleague where going on is closed whatever the verdict, and not where a word on the page opens it', () => {
    const verdict = { verdict: 'accept', reasons: [], decidedBy: null, passedOver: [], conditions: [] } as const;
    const first = (goOnHindrance: FailureCode | null) =>
      outcomeAtFirst({ verdict: { ...verdict, reasons: [], passedOver: [], conditions: [] }, goOnHindrance });
    expect(first(null)).toBe('go-on');
    expect(first('order.already-confirmed')).toBe('refer');
    expect(first('case.person-unconfirmed')).toBe('go-on');
    expect(outcomeAtFirst({ verdict: null, goOnHindrance: null })).toBe('refer');
  });

  it('decides nothing without a verdict, and goes on where nothing hinders it', () => {
    const verdict = { verdict: 'refer', reasons: [], decidedBy: null, passedOver: [], conditions: [] } as const;
    const view = (goOnHindrance: FailureCode | null) => ({
      verdict: { ...verdict, reasons: [], passedOver: [], conditions: [] },
      goOnHindrance,
    });
    expect(isAllowed('go-on', { verdict: null, goOnHindrance: null })).toBe(false);
    expect(isAllowed('stop', { verdict: null, goOnHindrance: null })).toBe(false);
    expect(isAllowed('go-on', view('decision.needs-second'))).toBe(false);
    expect(isAllowed('stop', view('decision.not-allowed'))).toBe(true);
    expect(isAllowed('go-on', view(null))).toBe(true);
    expect(goOnClosed(view('case.evidence-old'))).toBe('case.evidence-old');
    // Staff confirm the person on this very page: the choice stays open to them, the button does not.
    expect(goOnClosed(view('case.person-unconfirmed'))).toBeNull();
    expect(isAllowed('go-on', view('case.person-unconfirmed'))).toBe(false);
  });

  it('asks for a reason whenever staff depart from the verdict', () => {
    expect(needsReason('go-on', 'refer')).toBe(true);
    expect(needsReason('stop', 'accept')).toBe(true);
    expect(needsReason('refer', 'refer')).toBe(false);
    expect(needsReason('stop', 'reject')).toBe(false);
  });

  it('sends blanks as nothing', () => {
    expect(decisionInput('accept', 'refer', '  ', ' kk ')).toEqual({
      outcome: 'refer',
      reason: null,
      sign: 'kk',
      seen: 'accept',
    });
  });
});

describe('what a screen reader is told', () => {
  const { t } = wordsIn('en');
  const strip = { tone: 'busy', words: 'Hold still', code: null, progress: null } as const;

  it('is the strip, and which document came back', () => {
    expect(announcement(strip, null, t)).toBe('Hold still.');
    const other = readingOf('reading', { laidBack: 'other-chip' });
    expect(announcement(strip, other, t)).toMatch(/^Hold still\. This is another document\./);
  });

  it('is the beginning and the end of a wait, and no second between', () => {
    const said = [8, 7, 1].map((left) => announcement(strip, readingOf('failed', { delay: { total: 8, left } }), t));
    expect(new Set(said)).toEqual(new Set(['Hold still. Wait 8 seconds before another try.']));
    const over = readingOf('failed', { delay: { total: 8, left: 0 } });
    expect(announcement(strip, over, t)).toBe('Hold still. You can try again now.');
  });
});
