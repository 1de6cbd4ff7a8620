import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildMrz } from '../../../main/document/mrz-build.ts';
import { swipedMrz } from '../../../main/document/swiped-mrz.ts';
import { longest } from '../../../main/result/bounds.ts';
import { day } from '../../support/fake-house.ts';

/*
 * Swipes as keyboard wedges type them. No swipe here was recorded from a device: they are made by us, from the makers' tables of
 * what each key gives in Windows' layouts (KBDUS, KBDSW, KBDGR, KBDFR), written here key by key and apart from the app's own table,
 * and from what scanners put before and behind (ISO/IEC 15424: AIM symbology identifiers; STX, ETX, CR, LF, Tab).
 */

const today = day('2026-11-23');

type Layout = 'US' | 'SE' | 'DE' | 'FR';
type Key = readonly [code: string, US: string, SE: string, DE: string, FR: string];

// Each: the plain character and the one with Shift.
const keys: readonly Key[] = [
  ['Digit1', '1!', '1!', '1!', '&1'],
  ['Digit2', '2@', '2"', '2"', 'é2'],
  ['Digit3', '3#', '3#', '3§', '"3'],
  ['Digit4', '4$', '4¤', '4$', "'4"],
  ['Digit5', '5%', '5%', '5%', '(5'],
  ['Digit6', '6^', '6&', '6&', '-6'],
  ['Digit7', '7&', '7/', '7/', 'è7'],
  ['Digit8', '8*', '8(', '8(', '_8'],
  ['Digit9', '9(', '9)', '9)', 'ç9'],
  ['Digit0', '0)', '0=', '0=', 'à0'],
  ['KeyA', 'aA', 'aA', 'aA', 'qQ'],
  ['KeyB', 'bB', 'bB', 'bB', 'bB'],
  ['KeyC', 'cC', 'cC', 'cC', 'cC'],
  ['KeyD', 'dD', 'dD', 'dD', 'dD'],
  ['KeyE', 'eE', 'eE', 'eE', 'eE'],
  ['KeyF', 'fF', 'fF', 'fF', 'fF'],
  ['KeyG', 'gG', 'gG', 'gG', 'gG'],
  ['KeyH', 'hH', 'hH', 'hH', 'hH'],
  ['KeyI', 'iI', 'iI', 'iI', 'iI'],
  ['KeyJ', 'jJ', 'jJ', 'jJ', 'jJ'],
  ['KeyK', 'kK', 'kK', 'kK', 'kK'],
  ['KeyL', 'lL', 'lL', 'lL', 'lL'],
  ['KeyM', 'mM', 'mM', 'mM', ',?'],
  ['KeyN', 'nN', 'nN', 'nN', 'nN'],
  ['KeyO', 'oO', 'oO', 'oO', 'oO'],
  ['KeyP', 'pP', 'pP', 'pP', 'pP'],
  ['KeyQ', 'qQ', 'qQ', 'qQ', 'aA'],
  ['KeyR', 'rR', 'rR', 'rR', 'rR'],
  ['KeyS', 'sS', 'sS', 'sS', 'sS'],
  ['KeyT', 'tT', 'tT', 'tT', 'tT'],
  ['KeyU', 'uU', 'uU', 'uU', 'uU'],
  ['KeyV', 'vV', 'vV', 'vV', 'vV'],
  ['KeyW', 'wW', 'wW', 'wW', 'zZ'],
  ['KeyX', 'xX', 'xX', 'xX', 'xX'],
  ['KeyY', 'yY', 'yY', 'zZ', 'yY'],
  ['KeyZ', 'zZ', 'zZ', 'yY', 'wW'],
  ['Semicolon', ';:', 'öÖ', 'öÖ', 'mM'],
  ['Comma', ',<', ',;', ',;', ';.'],
  ['Period', '.>', '.:', '.:', ':/'],
  ['IntlBackslash', '\\|', '<>', '<>', '<>'],
];
const column: Readonly<Record<Layout, 1 | 2 | 3 | 4>> = { US: 1, SE: 2, DE: 3, FR: 4 };

/** What a computer of the layout `host` shows of what a scanner types that is set to `wedge`; with Caps Lock each level is the other. */
function typedBy(wedge: Layout, host: Layout, text: string, capsLock = false): string {
  return [...text]
    .map((character) => {
      for (const key of keys) {
        const level = key[column[wedge]].indexOf(character);
        // Caps Lock turns letters alone, but on a French keyboard, where it turns the digits too.
        const turned = capsLock && (/[A-Za-z]/.test(character) || host === 'FR');
        if (level !== -1) return key[column[host]].charAt(turned ? 1 - level : level);
      }
      return character;
    })
    .join('');
}

// 9303-4 Appendix B, 9303-5 Appendix B, 9303-6 Appendix B: the specimens of Utopia.
const td3 = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'];
const td1 = ['I<UTOD231458907<<<<<<<<<<<<<<<', '7408122F1204159UTO<<<<<<<<<<<6', 'ERIKSSON<<ANNA<MARIA<<<<<<<<<<'];
const td2 = ['I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<', 'D231458907UTO7408122F1204159<<<<<<<6'];

const cr = td3.join('\r');
const forms: readonly (readonly [name: string, lines: readonly string[], swipe: string])[] = [
  ['two lines, CR between and behind', td3, `${cr}\r`],
  ['two lines, LF', td3, td3.join('\n')],
  ['two lines, CR LF', td3, `${td3.join('\r\n')}\r\n`],
  ['two lines, Tab between, CR behind', td3, `${td3.join('\t')}\r`],
  ['two lines joined', td3, td3.join('')],
  ['two lines, a space between', td3, td3.join(' ')],
  ['two lines, an empty line between', td3, td3.join('\r\r')],
  ['lower case', td3, cr.toLowerCase()],
  ['three lines, CR', td1, `${td1.join('\r')}\r`],
  ['three lines joined', td1, td1.join('')],
  ['three lines, lower case, LF', td1, td1.join('\n').toLowerCase()],
  ['three lines, Tab between and behind', td1, `${td1.join('\t')}\t`],
  ['two short lines, CR', td2, `${td2.join('\r')}\r`],
  ['two short lines joined', td2, td2.join('')],
  ['STX before, ETX behind', td3, `\x02${cr}\x03`],
  ['STX and ETX around each line', td3, td3.map((line) => `\x02${line}\x03\r`).join('')],
  ['AIM identifier of OCR before', td3, `]o1${cr}\r`],
  ['AIM identifier before each line', td3, td3.map((line) => `]o1${line}\r`).join('')],
  ['AIM identifier before three joined lines', td1, `]o1${td1.join('')}\r`],
  ['a mark of the reader before and a star behind', td1, `MRZ:${td1.join('')}*\r`],
  ['guillemets for the fillers', td2, td2.join('\r').replaceAll('<<', '«').replaceAll('<', '‹')],
  ['US scanner, Swedish computer', td3, typedBy('US', 'SE', cr)],
  ['US scanner, German computer', td3, typedBy('US', 'DE', cr)],
  ['US scanner, French computer', td3, typedBy('US', 'FR', cr)],
  ['Swedish scanner, US computer', td3, typedBy('SE', 'US', cr)],
  ['German scanner, US computer', td3, typedBy('DE', 'US', cr)],
  ['French scanner, US computer', td3, typedBy('FR', 'US', cr)],
  ['French scanner, Swedish computer', td3, typedBy('FR', 'SE', cr)],
  ['French scanner, German computer', td3, typedBy('FR', 'DE', cr)],
  ['Swedish scanner, French computer', td3, typedBy('SE', 'FR', cr)],
  ['German scanner, French computer', td3, typedBy('DE', 'FR', cr)],
  ['Swedish scanner, German computer', td3, typedBy('SE', 'DE', cr)],
  ['German scanner, Swedish computer', td3, typedBy('DE', 'SE', cr)],
  ['US scanner, Swedish computer, three lines', td1, typedBy('US', 'SE', td1.join('\r'))],
  ['US scanner, French computer, three lines joined', td1, typedBy('US', 'FR', td1.join(''))],
  ['US scanner, German computer, two short lines', td2, typedBy('US', 'DE', td2.join('\r'))],
  ['US scanner, Swedish computer, Caps Lock', td3, typedBy('US', 'SE', cr, true)],
  ['US scanner, French computer, Caps Lock', td3, typedBy('US', 'FR', cr, true)],
  ['US scanner, Swedish computer, lower case', td3, typedBy('US', 'SE', cr.toLowerCase())],
  ['US scanner, French computer, lower case, three lines', td1, typedBy('US', 'FR', td1.join('\r').toLowerCase())],
  [
    'US scanner, Swedish computer, marks before each line',
    td3,
    typedBy('US', 'SE', td3.map((l) => `o1${l}\r`).join('')),
  ],
  ['US scanner, German computer, Tab between', td3, typedBy('US', 'DE', td3.join('\t'))],
];

describe('one document, swiped in every way that a scanner types', () => {
  it('has forty forms and more', () => {
    expect(new Set(forms.map(([, , swipe]) => swipe)).size).toBeGreaterThanOrEqual(40);
  });

  it.each(forms)('%s', (_, lines, swipe) => {
    expect(swipedMrz(swipe, today)?.lines).toEqual(lines);
  });
});

describe('what the keyboard gives is believed first', () => {
  it('where its check digits are right, though it could be another keyboard’s', () => {
    const typed = swipedMrz(cr, today);
    expect(typed).toEqual({ lines: td3, certain: true });
  });

  it('and says so where letters that no check digit covers may be others', () => {
    // Y and Z lie elsewhere on a German keyboard: of a name nobody can tell by what was typed.
    const zoe = buildMrz({
      format: 'TD3',
      documentCode: 'PP',
      issuer: 'SWE',
      documentNumber: 'AA0000001',
      nationality: 'SWE',
      surname: 'Eyskens',
      givenNames: 'Zoe',
      birthDate: '910717',
      sex: 'F',
      expiryDate: '300131',
    });
    const swipe = typedBy('US', 'SE', zoe.join('\r'));
    expect(swipedMrz(swipe, today)).toEqual({ lines: zoe, certain: false });
  });
});

describe('what is no swipe', () => {
  const wrongDigit = cr.replace('L898902C36', 'L898902C37');

  it.each([
    ['nothing', ''],
    ['a name', 'Anna Andersson'],
    ['a personal number', '198203142392'],
    ['lines with a wrong check digit: a person’s typing, to be judged as such', wrongDigit],
    ['one line of two', td3[0] ?? ''],
    ['ten thousand letters', 'A'.repeat(10_000)],
    ['ten thousand fillers', '<'.repeat(10_000)],
    ['a zone within a longer text', `${'A'.repeat(20)}${td3.join('')}`],
  ])('%s', (_, text) => {
    expect(swipedMrz(text, today)).toBeNull();
  });

  it('anything, of any length', () => {
    const anything = fc.string({ unit: 'binary', maxLength: longest.swipe * 2 });
    fc.assert(
      fc.property(anything, (text) => {
        const swiped = swipedMrz(text, today);
        if (swiped !== null) expect(swiped.lines.length).toBeGreaterThan(1);
      }),
    );
  });
});
