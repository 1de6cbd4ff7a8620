/**
 * A station that was restored from a backup erases again what it had erased since, and says so anew under the same numbers: each
 * notice is known by its digest too, and lies beside the one of before. Which record is meant stands in it, signed.
 */
export const erasuresAgain = `
ALTER TABLE styrk.erasures DROP CONSTRAINT erasures_pkey;
ALTER TABLE styrk.erasures ADD PRIMARY KEY (station, number, digest);
`;
