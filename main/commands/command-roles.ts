import type { Role } from '../result/roles.ts';
import type { CommandNeed, ParsedArguments } from './command.ts';

const staff: readonly Role[] = ['teller', 'supervisor'];
const records: readonly Role[] = ['supervisor', 'auditor'];
const everyone: readonly Role[] = ['teller', 'supervisor', 'administrator', 'auditor'];
const one = (roles: readonly Role[]) => ({ roles, persons: 1 }) as const;
const administrator = one(['administrator']);
/** Dangerous acts: what is believed, who signs in, what is taken back. */
const administrators = { roles: ['administrator'], persons: 'two-if-there' } as const;
const setsSomething = ({ positionals, plain }: ParsedArguments): boolean => positionals.length > 0 || !plain;

/** One row for each command; one that is missing is refused where there are operators. */
export const commandRoles: Readonly<Record<string, CommandNeed>> = {
  demo: one(staff),
  doctor: 'free',
  // It looks at the files alone.
  'installation check': 'free',
  readers: 'free',
  'station show': 'free',
  'station set': administrators,
  'station cameras': { ...administrator, when: setsSomething },
  // A bundle that brings other policies takes two as well, which the command sees once it is open.
  'trust import': {
    roles: ['administrator'],
    persons: (given) => (given.flag('pin') ? 'two-if-there' : 1),
  },
  'trust list': 'free',
  'trust show': 'free',
  'trust why': 'free',
  'trust export': administrator,
  'trust limits': { ...administrators, when: setsSomething },
  // From the place that administrators have set, believed by signers that they have pinned: nobody decides anything.
  'trust update': 'free',
  'trust source': { ...administrators, when: setsSomething },
  'trust reread': 'free',
  'trust history': 'free',
  'trust mend': administrators,
  'clock accept': administrators,
  'trust restore': administrators,
  // The first asks for it, another agrees.
  'trust unpin': administrator,
  check: 'free',
  inspect: one(staff),
  verify: one(staff),
  'referrals list': one(staff),
  'referrals show': one(staff),
  'referrals decide': one(staff),
  'referrals stations': one(everyone),
  // Who may decide cases of this station, and whose cases are decided here.
  'referrals trust': administrators,
  'referrals distrust': administrator,
  'referrals route': administrators,
  'referrals unroute': administrator,
  'referrals export': one(staff),
  'referrals import': one(staff),
  'referrals answer': one(staff),
  // It is decided here no more.
  'referrals give-back': one(['supervisor']),
  'holders import': one(['supervisor', 'administrator']),
  'holders find': one(staff),
  'records list': one(records),
  'records show': one(records),
  'records check': one(['supervisor', 'administrator', 'auditor']),
  // Whole, of protected identities too: whoever sees those whole (`holder-view.ts`).
  'records export': one(['supervisor']),
  'records extract': one(['supervisor']),
  'records event': one(['supervisor', 'administrator']),
  'records hold': one(['supervisor', 'administrator']),
  // What a hold kept may be erased the same day.
  'records release': administrators,
  'records due': one(['supervisor', 'administrator', 'auditor']),
  // Only what is due by acts that others have signed.
  'records erase': one(['supervisor', 'administrator']),
  backup: administrator,
  // Who opens all backups of this station.
  'backup key': { ...administrators, when: (given) => given.value('use') !== null },
  // There is no folder yet, and whoever has the bank's key has everything.
  restore: 'free',
  'records receipt': one(['supervisor', 'administrator', 'auditor']),
  // It looks at the file alone.
  'records prove': 'free',
  'records anchor': { ...administrators, when: setsSomething },
  'records sign': { ...administrators, when: (given) => given.flag('ml-dsa-44') || given.flag('ed25519') },
  // What is signed goes where administrators have set; a witness has no data folder.
  'records cosign': 'free',
  'records witness': 'free',
  'operators add': administrators,
  'operators list': one(['supervisor', 'administrator', 'auditor']),
  'operators show': one(['supervisor', 'administrator', 'auditor']),
  'operators role': administrators,
  'operators export': administrators,
  'operators train': one(['supervisor', 'administrator']),
  'operators reset': one(['supervisor', 'administrator']),
  // One's own alone; another's by two administrators, which the command itself looks at.
  'operators secret': one(everyone),
  'operators remove': administrators,
  'banks add': administrators,
  'banks list': one(['administrator', 'auditor']),
  'banks remove': administrator,
  // Which server, and who is believed at its other end.
  'banks connect': administrators,
  'service set': administrators,
  'service show': one(['administrator', 'auditor']),
  'service unset': administrator,
  // Every record goes there.
  'fleet set': administrators,
  'fleet show': one(['administrator', 'auditor']),
  'fleet unset': administrator,
  // To where administrators have set, for whom they have set: nobody decides anything.
  'fleet deliver': 'free',
  'fleet status': 'free',
  // What headquarters signed, by the key that administrators have set, believed by signers that they have pinned.
  'fleet pull': 'free',
  'fleet export': 'free',
  'fleet import': 'free',
  // Headquarters' own, by its own database's rights: no folder is opened.
  'fleet migrate': 'free',
  'fleet enrol': 'free',
  'fleet keys': 'free',
  'fleet read': 'free',
  'fleet erase': 'free',
  'fleet publish': 'free',
  'order show': 'free',
  // Machines carry what is signed: nobody decides anything.
  'order host': 'free',
  'order serve': 'free',
  'order install-host': administrator,
  'answer show': 'free',
  'policy check': 'free',
  'policy show': 'free',
  specimens: 'free',
  replay: 'free',
  chip: 'free',
};
