import type { AttackEnd } from './attack-end.ts';
import type { Station } from './station.ts';

export type AttackArea = 'documents' | 'chips' | 'lists' | 'clocks' | 'orders' | 'databases' | 'page calls';

/** One kind of forgery, and the line of defence that must stop it. */
export interface Attack {
  readonly kind: string;
  readonly area: AttackArea;
  /** What it tries, in a sentence. */
  readonly tries: string;
  /** What must stop it; another line than this one is a finding, even where nothing was accepted. */
  readonly stopped: AttackEnd;
  /** Whether it only brings a document: everything at the station stays as it was. */
  readonly leavesStation?: boolean;
  readonly run: (station: Station) => Promise<AttackEnd>;
}
