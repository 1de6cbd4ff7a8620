import type { StationsView, TakenFile } from '../../preload/contract.ts';

/* Scenes of other stations: none is trusted, two are, the card of a third is looked at, and what files brought. */

const [kiosk, west, south] = ['station-0123456789abcdef', 'station-89abcdef01234567', 'station-5566778899aabbcc'];

const own: StationsView['own'] = {
  station: 'station-fedcba9876543210',
  name: 'Kassa 3',
  fingerprint: '3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29',
};

/** Where nobody has trusted another one. */
export const noStations: StationsView = {
  own,
  ...{ stations: [], stationCount: 0, route: null, headquartersSet: true, waiting: 0, staying: 0, damaged: 0 },
  ...{ away: [], awayCount: 0, guests: [], guestCount: 0, looked: null },
};

/** A desk with a kiosk and another branch. */
export const stations: StationsView = {
  ...noStations,
  stations: [
    {
      ...{ station: kiosk, name: 'Kiosk 2, entrén', names: ['AB', 'CD'], since: '2026-11-02T14:12:00Z' },
      fingerprint: '8f2c4e1ab07d53886c1f0e7a5b9d2c34e8f61a0b7c5d4e3f2a1b0c9d8e7f6a5b',
    },
    {
      ...{ station: west, name: '', names: ['A. Berg', 'C. Dahl'], since: '2026-11-23T08:40:00Z' },
      fingerprint: '1d9e0c7b5a3f2e4d6c8b0a9f7e5d3c1b2a4f6e8d0c9b7a5f3e1d2c4b6a8f0e9d',
    },
  ],
  ...{ stationCount: 2, route: west, waiting: 3, staying: 1, damaged: 1 },
  away: [
    { id: 'a3f1c0de-58b1-4c0e-9a57-2f1f0c6d7e11', at: '2026-11-28T15:02:00Z', to: west },
    { id: '0d9c7b35-11aa-4f7e-8d30-6b1f8e2a9c44', at: '2026-11-29T08:11:00Z', to: south },
  ],
  awayCount: 2,
  guests: [{ id: '77e2b6f4-90cd-4a3b-b1d2-5e8f0a7c3d29', at: '2026-11-29T08:55:00Z', from: kiosk }],
  guestCount: 1,
};

/** Nothing goes by itself: headquarters is not set. */
export const stationsApart: StationsView = { ...stations, route: null, headquartersSet: false };

/** The card of a third one, which was trusted by another card. */
export const stationsLooked: StationsView = {
  ...stations,
  looked: {
    file: `${kiosk}.card`,
    card: {
      ...{ station: kiosk, name: 'Kiosk 2, entrén' },
      fingerprint: 'c0ffee1ab07d53886c1f0e7a5b9d2c34e8f61a0b7c5d4e3f2a1b0c9d8e7f6a5b',
    },
    known: 'other-keys',
  },
};

/** How our cases ended there: decided, given back, one that had come before, one that could not be taken. */
export const stationsTaken: TakenFile = {
  ...{ kind: 'outcomes', from: west },
  decided: [
    {
      ...{ id: 'a3f1c0de-58b1-4c0e-9a57-2f1f0c6d7e11', outcome: 'go-on', answered: true },
      record: 'a3f1c0de-58b1-4c0e-9a57-2f1f0c6d7e11-2',
    },
  ],
  returned: ['0d9c7b35-11aa-4f7e-8d30-6b1f8e2a9c44'],
  already: ['b1d25e8f-90cd-4a3b-b1d2-5e8f0a7c3d29'],
  refused: [{ id: '5e8f0a7c-90cd-4a3b-b1d2-77e2b6f43d29', code: 'referral.not-handed' }],
};
