/** An invented person, as far as a portrait shows one. Colours are CSS colours. */
export interface Face {
  readonly name: string;
  readonly skin: string;
  readonly skinShadow: string;
  readonly skinLight: string;
  readonly lips: string;
  readonly hair: string;
  readonly hairLight: string;
  readonly iris: string;
  readonly clothes: string;
  readonly clothesShadow: string;
  /** Half the width of the face at the jaw, of 150 at the cheekbones: 84 is narrow, 104 broad. */
  readonly jaw: number;
  /** Where the chin ends, 372 to 392. */
  readonly chin: number;
  readonly brow: number;
  readonly noseWidth: number;
  readonly lipHeight: number;
  readonly hairStyle: 'short' | 'receding' | 'long' | 'bob' | 'bun' | 'curly' | 'bald';
  readonly neckline: 'crew' | 'collar' | 'blouse';
  readonly beard: 'none' | 'stubble' | 'full';
  readonly glasses: boolean;
  readonly age: 0 | 1 | 2;
  readonly freckles: boolean;
}

const fair = { skin: '#e9bfa2', skinShadow: '#b97f63', skinLight: '#f8dcc6', lips: '#b96a62' };
const pale = { skin: '#f0cdb7', skinShadow: '#c48f78', skinLight: '#fde9db', lips: '#c77a74' };
const olive = { skin: '#cf9e78', skinShadow: '#94633f', skinLight: '#e6bf9c', lips: '#9d5a4d' };
const brown = { skin: '#a06c48', skinShadow: '#653d25', skinLight: '#c08d66', lips: '#7e4238' };
const deep = { skin: '#70472f', skinShadow: '#40241a', skinLight: '#93644a', lips: '#5d2f2a' };

/** The people of the training roster have these faces; nobody was drawn after a living person. */
export const faces: readonly Face[] = [
  {
    name: 'asa',
    ...pale,
    hair: '#8a6238',
    hairLight: '#c39a62',
    iris: '#5f86a3',
    clothes: '#34506b',
    clothesShadow: '#22374c',
    jaw: 88,
    chin: 378,
    brow: 3.4,
    noseWidth: 21,
    lipHeight: 10,
    hairStyle: 'long',
    neckline: 'blouse',
    beard: 'none',
    glasses: false,
    age: 1,
    freckles: true,
  },
  {
    name: 'goran',
    ...fair,
    hair: '#4a3424',
    hairLight: '#7a5a40',
    iris: '#6c7f5c',
    clothes: '#58616b',
    clothesShadow: '#3c434b',
    jaw: 101,
    chin: 388,
    brow: 5.4,
    noseWidth: 26,
    lipHeight: 8,
    hairStyle: 'short',
    neckline: 'collar',
    beard: 'stubble',
    glasses: false,
    age: 0,
    freckles: false,
  },
  {
    name: 'jurgen',
    ...fair,
    hair: '#b08a50',
    hairLight: '#d8b87c',
    iris: '#5b7c9c',
    clothes: '#6b2f35',
    clothesShadow: '#4a1e24',
    jaw: 97,
    chin: 384,
    brow: 4.2,
    noseWidth: 24,
    lipHeight: 9,
    hairStyle: 'short',
    neckline: 'crew',
    beard: 'none',
    glasses: true,
    age: 0,
    freckles: false,
  },
  {
    name: 'borje',
    ...fair,
    hair: '#8d8a86',
    hairLight: '#bdbab5',
    iris: '#728a99',
    clothes: '#2f4a3d',
    clothesShadow: '#1f342a',
    jaw: 103,
    chin: 390,
    brow: 5,
    noseWidth: 28,
    lipHeight: 7,
    hairStyle: 'receding',
    neckline: 'collar',
    beard: 'full',
    glasses: false,
    age: 2,
    freckles: false,
  },
  {
    name: 'samira',
    ...olive,
    hair: '#231a17',
    hairLight: '#4d3b34',
    iris: '#5a3b26',
    clothes: '#7d6a9a',
    clothesShadow: '#594a72',
    jaw: 86,
    chin: 376,
    brow: 4.8,
    noseWidth: 22,
    lipHeight: 12,
    hairStyle: 'bob',
    neckline: 'crew',
    beard: 'none',
    glasses: false,
    age: 0,
    freckles: false,
  },
  {
    name: 'elias',
    ...deep,
    hair: '#15100e',
    hairLight: '#3a2c26',
    iris: '#3a241a',
    clothes: '#c9c3b6',
    clothesShadow: '#9d978a',
    jaw: 96,
    chin: 384,
    brow: 5,
    noseWidth: 31,
    lipHeight: 14,
    hairStyle: 'curly',
    neckline: 'crew',
    beard: 'none',
    glasses: false,
    age: 0,
    freckles: false,
  },
  {
    name: 'linnea',
    ...pale,
    hair: '#7b3b22',
    hairLight: '#b9683f',
    iris: '#6d8b6b',
    clothes: '#2b2b33',
    clothesShadow: '#17171d',
    jaw: 85,
    chin: 377,
    brow: 3.2,
    noseWidth: 21,
    lipHeight: 11,
    hairStyle: 'bun',
    neckline: 'blouse',
    beard: 'none',
    glasses: true,
    age: 0,
    freckles: true,
  },
  {
    name: 'anders',
    ...brown,
    hair: '#1c1512',
    hairLight: '#3f322b',
    iris: '#3d281b',
    clothes: '#3b5a74',
    clothesShadow: '#284053',
    jaw: 100,
    chin: 388,
    brow: 5.4,
    noseWidth: 28,
    lipHeight: 11,
    hairStyle: 'bald',
    neckline: 'collar',
    beard: 'full',
    glasses: false,
    age: 1,
    freckles: false,
  },
];
