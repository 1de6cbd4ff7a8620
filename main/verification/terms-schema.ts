import * as v from 'valibot';
import { checkIds } from '../result/check.ts';
import { hasHiddenCharacters } from '../result/hidden-characters.ts';
import { stateGroups } from './document-patterns.ts';
import { purposes } from './purposes.ts';
import { identityLevels, overrideRoles } from './terms.ts';

const list = <const Item extends v.GenericSchema>(item: Item, most: number) => v.pipe(v.array(item), v.maxLength(most));
const count = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
const days = 24 * 60;

/** What was read longer ago tells nothing of whose hands the document is in. */
const mostFreshMinutes = 30 * days;
/** A week: who comes back later is another visit, and the directory's answers are kept no longer. */
const mostReferralHours = 7 * 24;
const mostDirectoryHours = 7 * 24;
/** Documents of a bank's list, which may name each state by itself. */
const mostDocuments = 400;
/** What a policy says in the bank's own words, shown to staff as it stands: no line ends, no signs that turn the direction. */
const words = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1),
  v.maxLength(200),
  v.regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]+$/u),
  // Fillers too, of which a whole reason or condition could be made.
  v.check((text) => !hasHiddenCharacters(text), 'characters that nobody sees'),
);

const stateCode = v.pipe(v.string(), v.regex(/^[A-Z]{1,3}$/));
const state = v.union([v.picklist(stateGroups), stateCode]);

/** Documents by issuer, code and nationality. */
export const documentsSchema = list(
  v.strictObject({
    issuer: state,
    codes: list(v.pipe(v.string(), v.regex(/^(?:[A-Z]{1,2}|[A-Z]?\*)$/)), 50),
    nationality: v.nullable(state),
  }),
  mostDocuments,
);

const asked = v.optional(v.picklist(['none', 'ask', 'required']));
const ifOn = 'machine comparison of faces needs a legal basis, an impact assessment and two thresholds';

/** The terms as a file states them; what it leaves out is told by whoever reads it. */
export const termsEntries = {
  conditions: v.optional(
    list(
      v.strictObject({
        condition: v.union([v.literal('validUntil'), v.strictObject({ scope: words })]),
        documents: v.optional(v.nullable(documentsSchema), null),
        except: v.optional(documentsSchema, []),
        remainingMonths: v.optional(v.nullable(count(1, 240)), null),
      }),
      50,
    ),
  ),
  freshness: v.optional(
    v.nullable(
      v.pipe(
        v.union([
          v.strictObject({
            minutes: count(1, mostFreshMinutes),
            purposes: list(v.picklist(purposes), purposes.length),
          }),
          v.strictObject({
            days: count(1, mostFreshMinutes / days),
            purposes: list(v.picklist(purposes), purposes.length),
          }),
        ]),
        v.transform(({ purposes: of, ...limit }) => ({
          minutes: 'days' in limit ? limit.days * days : limit.minutes,
          purposes: of,
        })),
      ),
    ),
  ),
  overrides: v.optional(
    list(
      v.strictObject({
        roles: v.pipe(list(v.picklist(overrideRoles), overrideRoles.length), v.minLength(1)),
        checks: v.pipe(list(v.picklist(checkIds), checkIds.length), v.minLength(1)),
        reasons: v.optional(list(words, 30), []),
      }),
      50,
    ),
  ),
  retention: v.optional(
    v.nullable(v.strictObject({ keep: v.picklist(['copy', 'reference', 'none']), years: count(0, 10) })),
  ),
  machineComparison: v.optional(
    v.nullable(
      v.strictObject(
        { legalBasis: words, impactAssessment: words, supportsFrom: count(1, 1_000), againstBelow: count(0, 999) },
        ifOn,
      ),
    ),
  ),
  whyNotEid: asked,
  documentsInCase: v.optional(v.picklist(['one', 'passport-with-permit'])),
  permitFor: v.optional(
    v.nullable(
      v.strictObject({
        documents: v.optional(v.nullable(documentsSchema), null),
        except: v.optional(documentsSchema, []),
      }),
    ),
  ),
  order: v.optional(v.picklist(['none', 'optional', 'required'])),
  orderSource: v.optional(v.picklist(['any', 'signed'])),
  referralHours: v.optional(v.nullable(count(1, mostReferralHours))),
  directoryHours: v.optional(count(0, mostDirectoryHours)),
  knownDocuments: v.optional(v.picklist(['none', 'accepted', 'approved'])),
  register: asked,
  paper: asked,
  identityLevels: v.optional(v.nullable(list(v.picklist(identityLevels), identityLevels.length))),
  age: v.optional(v.nullable(v.strictObject({ limits: v.pipe(list(count(1, 120), 20), v.minLength(1)) }))),
  unattended: v.optional(v.picklist(['refused', 'begun'])),
  filmSigns: v.optional(v.picklist(['refer', 'reject'])),
  // Empty would take none: whoever wants that closes the cameras.
  faceCameras: v.optional(v.nullable(v.pipe(list(words, 50), v.minLength(1)))),
};
