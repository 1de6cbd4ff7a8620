import { buildMrz } from '../../document/mrz-build.ts';
import { printedDate } from '../../document/mrz-dates.ts';
import { mrzInformation } from '../../document/mrz-information.ts';
import { addDays, addYears, type PlainDate } from '../../result/plain-date.ts';
import { bearerOf, personalNumberOf } from './people.ts';
import type { TravelDocument } from './travel-document.ts';

/** What the page of a document says on a day. */
export interface PrintedPage {
  readonly issued: PlainDate;
  readonly expires: PlainDate;
  readonly lines: readonly string[];
  /** The lines that the issuer signed: those of the page, unless someone changed the name since. */
  readonly signedLines: readonly string[];
  /** What the keys of BAC and PACE are derived from (9303-11 §9.7.2, §9.7.3). */
  readonly mrzInformation: string;
}

interface Name {
  readonly surname: string;
  readonly givenNames: string;
}

const nameBeforeForgery: Name = { surname: 'Nordin', givenNames: 'Kjell Ove' };

/** The page of a specimen as it would be printed for that day. */
export function printedPage(specimen: TravelDocument, today: PlainDate): PrintedPage {
  const holder = bearerOf(specimen.holder);
  const optionalData = specimen.withPersonalNumber ? personalNumberOf(specimen.holder) : specimen.optionalData;
  const issued = addDays(today, -specimen.term.issuedDaysAgo);
  const expires = addYears(issued, specimen.term.years);
  const linesFor = ({ surname, givenNames }: Name): readonly string[] =>
    buildMrz({
      format: specimen.format,
      documentCode: specimen.documentCode ?? (specimen.format === 'TD1' ? 'I' : 'P'),
      issuer: specimen.issuer,
      documentNumber: specimen.documentNumber,
      nationality: specimen.nationality ?? specimen.issuer,
      surname,
      givenNames,
      birthDate: printedDate(holder.birthDate),
      sex: specimen.sex,
      expiryDate: printedDate(expires),
      ...(optionalData === undefined ? {} : { optionalData }),
    });
  return {
    issued,
    expires,
    lines: linesFor(holder),
    signedLines: linesFor(specimen.forgery === 'name' ? nameBeforeForgery : holder),
    mrzInformation: mrzInformation({
      documentNumber: specimen.documentNumber,
      birthDate: printedDate(holder.birthDate),
      expiryDate: printedDate(expires),
    }),
  };
}
