/** Of which kind a data folder is, from its first use: a training folder believes the simulator's issuers, no other ever does. */
export type DataKind = 'ordinary' | 'training';
