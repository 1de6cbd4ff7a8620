/** How much is run: a part of it at every change, all of it where STYRK_SOAK=1 asks for it. */
export const soaking = process.env.STYRK_SOAK === '1';
export const protocolRuns = soaking ? 10_000 : 200;
export const messagingRoundTrips = soaking ? 100_000 : 1_000;
export const trustKills = soaking ? 200 : 24;
/** A station that is killed while it keeps cases, erases and takes backups. */
export const recordKills = soaking ? 1_000 : 12;
/** A soak takes an hour or so, and many times that where others want the machine too; nothing else should wait that long. */
export const soakTimeout = soaking ? 21_600_000 : 300_000;
/** A register that is imported while it is killed: so many people, so many times. */
export const registerRows = soaking ? 1_000_000 : 60_000;
export const registerKills = soaking ? 20 : 6;
/** What three stations deliver to headquarters, and what happens meanwhile; a soak does all of it. */
export const fleetStorm = soaking
  ? { records: 10_000, cuts: 50, stationKills: 10, serverKills: 10, restarts: 1, longestRun: 500_000, mostAnswers: 24 }
  : { records: 300, cuts: 6, stationKills: 2, serverKills: 1, restarts: 1, longestRun: 60_000, mostAnswers: 16 };
/** Writes of each step of a referral between stations before which its process is killed; a soak does so before each. */
export const referralKills = soaking ? 1_000 : 1;
/** Writes of a kiosk that keeps what it read and refers, before which it loses its power: in a soak each, until the case is kept. */
export const kioskPowerWrites = soaking ? Array.from({ length: 40 }, (_, index) => index + 1) : [5];
