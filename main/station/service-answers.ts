import type { MethodName } from '../../preload/contract.ts';
import type { Viewer } from '../holders/holder-view.ts';
import type { House } from '../house/house.ts';
import { most } from '../result/bounds.ts';
import type { Answers } from './answers.ts';
import { holderView } from './case-view.ts';

type ServiceMethod = Extract<MethodName, 'holders.inDirectory' | 'holders.byDigitalId'>;

/** The methods that ask services on the network for a person. `opened` fails where no case is open. */
export function serviceAnswers(around: {
  readonly house: Pick<House, 'findInDirectory' | 'verifyDigitalId' | 'findHolders'>;
  readonly opened: () => void;
  /** Who is signed in: people are shown by role. */
  readonly viewer: () => Viewer;
}): Pick<Answers, ServiceMethod> {
  const { house, opened, viewer } = around;
  return {
    'holders.inDirectory': async (query) => {
      opened();
      const found = await house.findInDirectory(query, viewer());
      if (found === null) return null;
      const { holders, fetchedAt, code } = found;
      return { holders: holders.slice(0, most.holders).map((holder) => holderView(holder, viewer())), fetchedAt, code };
    },
    'holders.byDigitalId': async (content) => {
      opened();
      const { verifiedAt, ...person } = await house.verifyDigitalId(content);
      const found = await house.findHolders(person.personalNumber, viewer());
      const holders = found
        .slice(0, most.holders)
        .map(({ holder, matchedBy }) => ({ holder: holderView(holder, viewer()), matchedBy }));
      return { person, verifiedAt, holders };
    },
  };
}
