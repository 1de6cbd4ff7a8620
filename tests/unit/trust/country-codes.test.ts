import { expect, it } from 'vitest';
import {
  allCountries,
  countryMeant,
  countryOf,
  namesOfCountry,
  sameCountry,
} from '../../../main/trust/country-codes.ts';
import { languages } from '../../../resources/texts/languages.ts';
import { germanList } from '../../support/german-list.ts';
import { describeWithRealData } from '../../support/real-data.ts';

// 9303-12 §7.1.1.2: the localityName bears the code of the MRZ; 9303-3 §5: UNO, UNA and UNK are the United Nations'.
it.each([
  ['UNO', 'ZZ', 'UNO', true],
  ['UNA', 'ZZ', 'UNO', true],
  ['UNO', 'UN', null, true],
  ['SWE', 'ZZ', 'UNO', false],
  ['UNO', 'ZZ', null, false],
  ['UNO', 'ZZ', 'SWE', false],
  ['SWE', 'SE', 'UNO', true],
])('a document of %s under a signer of %s in %s: %s', (issuer, country, locality, expected) => {
  expect(sameCountry(issuer, countryMeant(country, locality))).toBe(expected);
});

it.each([
  ['SWE', 'SE', true],
  ['SWE', 'se', true],
  ['SWE', 'SWE', true],
  ['SWE', 'NO', false],
  ['D', 'DE', true],
  ['D', 'D', true],
  ['D', 'DK', false],
  ['GBR', 'GB', true],
  ['GBN', 'GB', true],
  ['RKS', 'KS', true],
  ['RKS', 'RS', false],
  ['EUE', 'EU', true],
  ['UNO', 'UN', true],
  ['UNK', 'UN', true],
  ['CHN', 'HK', true],
  ['CHN', 'MO', true],
  ['CHN', 'TW', false],
  ['UTO', 'UT', true],
  ['XPO', 'SE', null],
  ['QQQ', 'SE', null],
  ['SWE', 'QQQ', null],
])('issuer %s and certificate country %s: %s', (issuer, country, expected) => {
  expect(sameCountry(issuer, country)).toBe(expected);
});

it('has each code of 9303-3 §5 once, with its name in every language', () => {
  expect(new Set(allCountries.map(({ alpha3 }) => alpha3)).size).toBe(allCountries.length);
  for (const country of allCountries) {
    const { alpha3, alpha2 } = country;
    expect(alpha3).toMatch(/^([A-Z]{3}|D)$/);
    for (const code of alpha2) expect(code).toMatch(/^[A-Z]{2}$/);
    expect(Object.keys(namesOfCountry(country))).toEqual([...languages]);
    for (const name of Object.values(namesOfCountry(country))) expect(name?.trim()).toBeTruthy();
  }
  const special =
    'D GBD GBN GBO GBP GBS RKS EUE UNO UNA UNK XBA XIM XCC XCE XCO XDC XEC XES XMP XOM XPO XXA XXB XXC XXX UTO IAO ANT NTZ';
  for (const code of special.split(' ')) expect(countryOf(code)?.alpha3).toBe(code);
  expect(countryOf('SWE')).toMatchObject({ alpha3: 'SWE', alpha2: ['SE'], en: 'Sweden', sv: 'Sverige' });
  expect(countryOf('ZZZ')).toBeNull();
});

describeWithRealData('the table', () => {
  it('knows every country of the German list', async () => {
    const known = new Set(allCountries.flatMap(({ alpha2 }) => alpha2));
    const { certificates } = await germanList();
    expect(certificates.filter(({ summary }) => !known.has(summary.country))).toEqual([]);
  });
});
