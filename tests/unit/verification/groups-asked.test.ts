import { describe, expect, it } from 'vitest';
import { successful, unsuccessful } from '../../../main/result/check.ts';
import { withGroupsAsked } from '../../../main/verification/groups-asked.ts';

/* Which groups were asked of a chip was said by the policy of then; the one that judges may ask for more. */

const hashes = successful('passive-authentication.hashes', {
  dataGroups: { DG1: 'identical', DG2: 'identical', DG7: 'identical', DG13: 'present' },
});
const read = successful('document.data-groups', { dataGroups: { DG7: 'understood' }, sha256: {} });

describe('a group that the policy asks for', () => {
  it('leaves the check open where the issuer lists it and nobody has read it', () => {
    for (const made of [read, unsuccessful('document.data-groups', 'not supported', 'data-group.none-optional', {})]) {
      const [, check] = withGroupsAsked({ dataGroups: [7, 13] }, [hashes, made]);
      expect(check).toMatchObject({
        id: 'document.data-groups',
        result: 'undetermined',
        code: 'file.not-read',
        detail: { ...made.detail, notRead: ['DG13'] },
      });
    }
  });

  it('changes nothing where it was read, is not listed or not asked for, or where the check says worse', () => {
    expect(withGroupsAsked({ dataGroups: [7, 16] }, [hashes, read])).toEqual([hashes, read]);
    expect(withGroupsAsked({ dataGroups: [] }, [hashes, read])).toEqual([hashes, read]);
    expect(withGroupsAsked({ dataGroups: [13] }, [read])).toEqual([read]);
    const wrong = unsuccessful('document.data-groups', 'failed', 'data-group.malformed', {});
    expect(withGroupsAsked({ dataGroups: [13] }, [hashes, wrong])).toEqual([hashes, wrong]);
  });
});
