import { basename } from 'node:path';
import type { Arguments, PoliciesMethod, PolicyView } from '../../preload/contract.ts';
import { gapWords, policyEntries, policyName } from '../../resources/texts/policy-words.ts';
import { textsIn } from '../../resources/texts/texts.ts';
import type { House } from '../house/house.ts';
import type { TriedPolicy } from '../keeping/policies/policies-in-force.ts';
import { longest } from '../result/bounds.ts';
import { Failure } from '../result/failure.ts';
import { cleanText } from '../result/hidden-characters.ts';
import type { Answers } from './answers.ts';
import { languageOf } from './interface-language.ts';
import { shownName } from './signer-answers.ts';

type Asked = Arguments<'policies.explain'>;

const longestLine = 2000;

/** What the office asks of the policies: those in force and one in a file, each in words. Nothing of it changes one. */
export function policyAnswers(around: {
  readonly house: Pick<House, 'keeping'>;
  readonly chooseFiles: () => Promise<readonly string[]>;
}): Pick<Answers, PoliciesMethod> {
  const { house, chooseFiles } = around;
  const { policies, report } = house.keeping;
  // Of one run of the app: what somebody looks at is kept nowhere.
  let chosen: { readonly file: string; readonly tried: TriedPolicy } | null = null;
  const triedOf = (id: Asked[0], edition: Asked[1]): TriedPolicy => {
    if (edition !== 'chosen') return policies.triedInForce(id, edition);
    if (chosen === null || chosen.tried.policy.id !== id) throw new Failure('purpose.unknown');
    return chosen.tried;
  };

  return {
    'policies.all': () => ({
      policies: policies.all().map(({ policy: { id, version }, ownVersion, from }) => ({
        ...{ id, version, ownVersion },
        from: from === null ? null : { takenAt: from.addedAt, station: stationName(report.stationOf(from.issuer)) },
      })),
      chosen:
        chosen === null
          ? null
          : {
              file: chosen.file,
              id: chosen.tried.policy.id,
              version: chosen.tried.policy.version,
              refusal: chosen.tried.refusal,
            },
    }),
    'policies.explain': (id, edition) => inWords(triedOf(id, edition), languageOf(house)),
    'policies.choose': async () => {
      const [path, ...others] = await chooseFiles();
      if (path === undefined) return false;
      if (others.length > 0) throw new Failure('policy.malformed', { reason: 'several files' });
      chosen = { file: cleanText(basename(path)).slice(-longest.fileName), tried: policies.triedFile(path) };
      return true;
    },
  };
}

function stationName(subject: string | null): string | null {
  return subject === null ? null : shownName(subject);
}

function inWords({ policy, gaps }: TriedPolicy, language: ReturnType<typeof languageOf>): PolicyView {
  const t = textsIn(language);
  const { checks, terms } = policyEntries(policy, language);
  // A bank writes reasons and scopes itself: nothing unseen changes what is read.
  const shown = ({ key, about, lines }: (typeof terms)[number]) => ({ key, about, lines: lines.map(shownLine) });
  return {
    name: policyName(policy.id, t),
    version: policy.version,
    checks: checks.map(shown),
    terms: terms.map(shown),
    gaps: gaps.map((gap) => shownLine(gapWords(gap, language))),
  };
}

function shownLine(text: string): string {
  return cleanText(text).slice(0, longestLine);
}
