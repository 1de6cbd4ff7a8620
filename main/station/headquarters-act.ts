import { type TextKey, textsIn } from '../../resources/texts/texts.ts';
import type { House } from '../house/house.ts';
import { cleanText } from '../result/hidden-characters.ts';
import type { AskedAct } from './confirmation.ts';
import { confirmersOf } from './dangerous-acts.ts';
import { languageOf } from './interface-language.ts';

/** The acts on headquarters that people confirm. */
export type HeadquartersAct = 'headquarters.set' | 'headquarters.unset';

/** What is set, or would be, as the house tells it. */
export type ProposedHeadquarters = ReturnType<House['fleet']['proposed']>;

type Field = 'server' | 'user' | 'certificate' | 'authority' | 'password' | 'sealingKey' | 'issuingKey' | 'receives';
type Certificate = ProposedHeadquarters['certificate'];

const groupOfDigits = /.{4}(?=.)/g;

/**
 * What people are asked, in the window outside the page: server, certificates and keys as they were read of the files that are set, so
 * that they can be compared with what headquarters gave another way.
 */
export function actAsked(
  house: Pick<House, 'keeping'>,
  act: HeadquartersAct,
  { host, port, database, user, ...set }: ProposedHeadquarters,
): AskedAct {
  const language = languageOf(house);
  const text = textsIn(language);
  const row = (field: Field, value: string) => ({ label: text(`headquarters/fields/${field}`), value });
  const print = (digits: string): string => digits.replaceAll(groupOfDigits, '$& ');
  // The fingerprint by itself: it alone tells this certificate from one of the same name.
  const certificate = (field: 'certificate' | 'authority', told: Certificate, none: TextKey) =>
    told === null
      ? [row(field, text(none))]
      : [
          row(field, `${cleanText(told.subject)}, ${text('headquarters/until', { day: told.notAfter })}`),
          { label: text('confirm/rows/fingerprint'), value: print(told.fingerprint) },
        ];
  const yesOrNo = (yes: boolean): string => text(yes ? 'headquarters/yes' : 'headquarters/no');
  return {
    language,
    words: {
      what: text(`confirm/acts/${act}`),
      why: text(`confirm/why/${act}`),
      rows: [
        row('server', `${cleanText(host)}:${port}, ${cleanText(database)}`),
        row('user', cleanText(user)),
        row('sealingKey', print(set.sealingKey)),
        row('issuingKey', set.issuingKey === null ? text('headquarters/nobody') : print(set.issuingKey)),
        ...certificate(
          'certificate',
          set.certificate,
          set.identified ? 'headquarters/untold' : 'headquarters/noCertificate',
        ),
        ...certificate('authority', set.authority, 'headquarters/anyAuthority'),
        row('receives', yesOrNo(set.receives)),
        row('password', yesOrNo(set.password)),
      ],
    },
    by: confirmersOf(act, house.keeping.operators),
    secret: null,
  };
}
