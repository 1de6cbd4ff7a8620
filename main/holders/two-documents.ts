import { documentKind } from '../document/document-kind.ts';
import { type Check, successful, unsuccessful } from '../result/check.ts';
import { matchBirthDate } from './match-birth-date.ts';
import { matchName } from './match-name.ts';
import { personInDocument } from './new-holder.ts';
import type { ReadPerson } from './read-person.ts';

const id = 'document.second';

/**
 * `document.second`: whether a residence permit names the person of the passport beside it: name, birth date, nationality.
 * Numbers, the order of the given names and the validity of the two may rightly differ, for two states wrote them. Another
 * name or birth date is `failed`; what is near, cut or not told is `undetermined`, and so is a pair of any other kinds: a
 * permit proves nobody, alone or first (9303-5 leaves it to the issuer what a card is).
 */
export function matchSecondDocument(first: ReadPerson, second: ReadPerson): Check {
  const kinds = [first, second].map(({ mrz }) => documentKind(mrz.documentCode, mrz.issuer));
  if (kinds[0] !== 'passport' || kinds[1] !== 'residence-permit')
    return unsuccessful(id, 'undetermined', 'document.second-kind', { kinds });
  const person = { id: '', ...personInDocument(first) };
  const name = matchName(person, second.mrz, second.details);
  const birthDate = matchBirthDate(person, second);
  const sameNationality = first.mrz.nationality === second.mrz.nationality;
  const detail = {
    name: name.result,
    level: name.detail.level ?? null,
    birthDate: birthDate.result,
    nationality: sameNationality ? 'same' : 'differs',
    because: [name, birthDate].flatMap(({ code }) => (code === null ? [] : [code])),
  };
  if (name.result === 'failed' || birthDate.result === 'failed')
    return unsuccessful(id, 'failed', 'document.second-other-person', detail);
  const all = name.result === 'successful' && birthDate.result === 'successful' && sameNationality;
  return all ? successful(id, detail) : unsuccessful(id, 'undetermined', 'document.second-open', detail);
}
