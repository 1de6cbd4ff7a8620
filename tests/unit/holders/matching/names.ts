import type { Random } from './random.ts';

// Names are put together at random: the people are invented.
export const givenNames = [
  ...['Åsa', 'Göran', 'Märta', 'Örjan', 'Björn', 'Linnéa', 'Karl-Erik', 'Anna-Karin', 'André', 'Jürgen', 'Zoë', 'Bo'],
  ...['Maria', 'Johan', 'Ingegärd', 'Elias', 'Nils-Åke', 'Signe', 'Tuva', 'Håkan', 'Sören', 'Ylva', 'Måns', 'Ebba'],
  ...['Viktor', 'Agnes', 'Östen', 'Pär', 'Lovisa', 'Jens'],
];

export const surnames = [
  ...['Öberg', 'Ångström', 'Sjöström', 'Hägg', 'Åkesson', 'Lindström', 'Wallén', 'Nyström', 'Ek', 'Müller', 'Weiß'],
  ...['Berglund', 'Fält', 'Östlund', 'Häggkvist', 'Brännström', 'Ålund', 'Sandén', 'Törnqvist', 'von Bäckeryd'],
  ...["O'Hara", 'Lind-Öhman', 'Ståhl', 'Grönvall', 'Källström'],
];

/** Long enough that a name field of 39 or 30 characters is cut. */
export const longSurnames = [
  'Wachtmeister af Ängsholmen Brännkyrka',
  'Löfstedt von Hohenfels Trollenäs',
  'Adlersköld-Montgomery af Säbylund',
  'Kristoffersson Söderströmsberg Lagerwall',
];

/** Names of the neighbours with letters that issuers write in more than one way. */
export const neighbours = [
  ['Sørensen', 'Bjørn'],
  ['Ægir', 'Þórunn'],
  ['Guðmundsson', 'Sigurður'],
  ['Grønbæk', 'Åse'],
  ['Mäkelä', 'Päivi'],
  ['Strauß', 'Jürgen'],
  ['Hæstad', 'Øystein'],
] as const;

/** One letter's forms as issuers print them: by 9303-3 §6, and as is met beside it (Ø as O, Ð as DH, Þ as TH). */
const printed: Readonly<Record<string, readonly string[]>> = {
  å: ['AA', 'A'],
  ä: ['AE', 'A'],
  ö: ['OE', 'O'],
  ü: ['UE', 'UXX', 'U'],
  ø: ['OE', 'O'],
  æ: ['AE'],
  ð: ['D', 'DH'],
  þ: ['TH'],
  ß: ['SS'],
  é: ['E'],
  ë: ['E'],
  ó: ['O'],
  "'": [''],
};

/** A name as some issuer prints it, letter by letter at random. */
export function printedName(name: string, random: Random): string {
  return [...name.toLowerCase()].map((letter) => random.oneOf(printed[letter] ?? [letter.toUpperCase()])).join('');
}

/** Families of writings of one name. The first of the Cyrillic ones is the name itself, the second 9303-3 §6.B. */
interface Families {
  readonly surnames: readonly (readonly string[])[];
  readonly givenNames: readonly (readonly string[])[];
}

export const cyrillic: Families = {
  surnames: [
    ['Щербаков', 'SHCHERBAKOV', 'Sjtjerbakov', 'Shcherbakov', 'Chtcherbakov', 'Schtscherbakow'],
    ['Чайковский', 'CHAIKOVSKII', 'Tjajkovskij', 'Chaykovskiy', 'Tchaikovsky'],
    ['Юдин', 'IUDIN', 'Judin', 'Yudin', 'Ioudine'],
    ['Жуков', 'ZHUKOV', 'Zjukov', 'Zhukov', 'Joukov'],
    ['Хохлов', 'KHOKHLOV', 'Chochlov', 'Khokhlov', 'Hohlov'],
  ],
  givenNames: [
    ['Юрий', 'IURII', 'Jurij', 'Yuri', 'Youri', 'Yury'],
    ['Дмитрий', 'DMITRII', 'Dmitrij', 'Dmitri', 'Dmitry'],
    ['Евгения', 'EVGENIIA', 'Jevgenija', 'Yevgeniya', 'Evguenia'],
    ['Наталья', 'NATALIA', 'Natalja', 'Natalya', 'Natalia'],
  ],
};

export const arabic: Families = {
  surnames: [
    ['AL HASSAN', 'Alhassan', 'El Hassan', 'Al-Hasan', 'Hassan'],
    ['HUSSEIN', 'Hussain', 'Husayn', 'Hossein', 'Husein'],
    ['ABDULLAH', 'Abdallah', 'Abd Allah', 'Abdulla'],
    ['SAID', 'Saeed', 'Sayed', 'Saïd'],
  ],
  givenNames: [
    ['MOHAMMED', 'Muhammad', 'Mohamed', 'Mohammad', 'Mohamad'],
    ['YOUSSEF', 'Yusuf', 'Yousif', 'Yosef'],
    ['FATIMA', 'Fatimah', 'Fatma', 'Faten'],
    ['KHALED', 'Khalid', 'Chalid', 'Haled'],
  ],
};

/** How issuers cut a name that is too long for its field (9303-4 §4.2.3). */
export const cuts = ['longest first', 'at the end', 'given names to initials'] as const;

/**
 * A printed name cut to fill a field of `width` characters, so that it ends with a letter. Longest first is left to the one
 * who builds the zone.
 */
export function cutName(name: PrintedName, width: number, way: (typeof cuts)[number]): PrintedName {
  if (way === 'longest first') return name;
  const [surname, given] = [name.surname, name.givenNames].map((words) => words.split(/[ -]+/).join(' ')) as [
    string,
    string,
  ];
  if (way === 'at the end') {
    const left = `${surname}  ${given}`.slice(0, width);
    const end = left.slice(surname.length + 2);
    if (end !== '' && !end.endsWith(' ')) return { surname, givenNames: end };
  }
  const words = given.split(' ');
  const initials = words.map((word) => word.slice(0, 1)).join(' ');
  const kept = surname.slice(0, width - 2 - initials.length).trim();
  // The field is filled to its end: what is left over goes to the last given name, if it has the letters.
  const rest = (words.at(-1) ?? '').slice(1, width - 1 - kept.length - initials.length);
  return { surname: kept, givenNames: initials + rest };
}

export interface PrintedName {
  readonly surname: string;
  readonly givenNames: string;
}
