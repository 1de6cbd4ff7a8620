/** The names under which a station keeps what an administrator of many stations may set from outside (`managed` settings). */
export const settingNames = {
  kind: 'station/kind',
  source: 'trust/source',
  revocationStates: 'trust/revocation-states',
  language: 'language',
  reader: 'reader.set',
} as const;

/** What an administrator of many stations set for this one: where it lies, and the names of the settings. */
export interface ManagedNote {
  readonly place: string;
  readonly names: readonly string[];
}
