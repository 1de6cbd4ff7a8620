import type { AppInfo, DeskState } from '../../preload/contract.ts';
import { Records } from '../desk/records.tsx';
import { Condition } from './condition.tsx';
import { Figures } from './figures.tsx';
import { Headquarters } from './headquarters.tsx';
import { Help } from './help.tsx';
import { OfficeNav } from './office-nav.tsx';
import { type OfficePage, pagesFor } from './office-pages.ts';
import { Operators } from './operators.tsx';
import { Policies } from './policies.tsx';
import { Retention } from './retention.tsx';
import { Roster } from './roster.tsx';
import { SetUp } from './set-up/set-up.tsx';
import { Stations } from './stations.tsx';
import { Trust } from './trust.tsx';

interface OfficeProps {
  readonly page: OfficePage;
  readonly onPage: (page: OfficePage) => void;
  readonly state: DeskState;
  readonly info: AppInfo;
  /** The record, and the country, that is open; null shows the list. */
  readonly record: string | null;
  readonly onRecord: (id: string | null) => void;
  readonly country: string | null;
  readonly onCountry: (code: string | null) => void;
  readonly onDesk: () => void;
  readonly onTextSize: (size: AppInfo['textSize']) => void;
}

/** One page of the office, under the row that leads to the others. */
export function Office(props: OfficeProps) {
  const { page, onPage, state } = props;
  return (
    <>
      <OfficeNav page={page} role={state.session.operator?.role ?? null} onPage={onPage} />
      <Page {...props} />
    </>
  );
}

function Page({ page, onPage, state, info, record, onRecord, country, onCountry, onDesk, onTextSize }: OfficeProps) {
  const role = state.session.operator?.role ?? null;
  switch (page) {
    case 'records':
      return (
        <Records
          checking={state.recordsCheck}
          shown={record}
          onShow={onRecord}
          mayExport={role === null || role === 'supervisor'}
          mayLook={role !== 'administrator'}
        />
      );
    case 'figures':
      return <Figures />;
    case 'retention':
      return <Retention role={role} />;
    case 'trust':
      return <Trust role={role} shown={country} onShow={onCountry} work={state.trustWork} />;
    case 'policies':
      return <Policies role={role} />;
    case 'operators':
      return <Operators role={role} />;
    case 'roster':
      return <Roster work={state.rosterWork} />;
    case 'headquarters':
      return <Headquarters role={role} work={state.headquartersWork} told={JSON.stringify(state.delivery)} />;
    case 'stations':
      return (
        <Stations
          role={role}
          told={state.referrals}
          onHeadquarters={pagesFor(role).includes('headquarters') ? () => onPage('headquarters') : null}
        />
      );
    case 'condition':
      return (
        <Condition
          state={state}
          info={info}
          mayReadLog={role !== 'teller'}
          mayTest={role !== 'auditor'}
          onTextSize={onTextSize}
        />
      );
    case 'setUp':
      return <SetUp state={state} info={info} onPage={onPage} onDesk={onDesk} />;
    case 'help':
      return <Help />;
  }
}
