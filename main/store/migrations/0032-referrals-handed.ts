/**
 * The station that a case which waits was handed over to: it waits there, and its seal in `referrals` says so too. A row goes with the
 * case, or when it comes back.
 */
export const referralsHanded = `
CREATE TABLE IF NOT EXISTS referrals_handed (
  id TEXT PRIMARY KEY,
  station TEXT NOT NULL
) STRICT;
`;
