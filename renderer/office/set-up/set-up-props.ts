import type { AppInfo, DeskState, SetUpDraft, SetUpStep, SetUpView } from '../../../preload/contract.ts';
import type { OfficePage } from '../office-pages.ts';

/** What the page of the first set-up is handed. */
export interface SetUpProps {
  readonly state: DeskState;
  readonly info: AppInfo;
  readonly onPage: (page: OfficePage) => void;
  /** Leaves the set-up for the desk; it waits. */
  readonly onDesk: () => void;
}

/** What every step is handed. */
export interface StepProps extends SetUpProps {
  readonly view: SetUpView;
  readonly draft: SetUpDraft | null;
  readonly onDraft: (draft: SetUpDraft | null) => void;
  /** Keeps what is typed where a restart finds it. */
  readonly onKeep: (draft: SetUpDraft) => void;
  /** Looks at what is done now. */
  readonly onChanged: () => Promise<void>;
  readonly onGoTo: (step: SetUpStep) => void;
  readonly onGoOn: () => void;
  readonly onSkip: () => void;
}
