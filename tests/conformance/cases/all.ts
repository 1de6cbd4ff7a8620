import type { CaseTable } from '../base/case.ts';
import { iso7816a } from './iso7816-a.ts';
import { iso7816b } from './iso7816-b.ts';
import { iso7816c } from './iso7816-c.ts';
import { iso7816d } from './iso7816-d.ts';
import { iso7816f } from './iso7816-f.ts';
import { iso7816g } from './iso7816-g.ts';
import { ldsA } from './lds-a.ts';
import { ldsB } from './lds-b.ts';
import { ldsC } from './lds-c.ts';
import { ldsF } from './lds-f.ts';
import { ldsHAlgorithms } from './lds-h-algorithms.ts';
import { ldsHCertificate } from './lds-h-certificate.ts';
import { ldsHObject } from './lds-h-object.ts';
import { ldsI, ldsJ, ldsK } from './lds-i-j-k.ts';

/** Every case that is run, by its number in the plan. */
export const cases: CaseTable = {
  ...iso7816a,
  ...iso7816b,
  ...iso7816c,
  ...iso7816d,
  ...iso7816f,
  ...iso7816g,
  ...ldsA,
  ...ldsB,
  ...ldsC,
  ...ldsF,
  ...ldsHAlgorithms,
  ...ldsHCertificate,
  ...ldsHObject,
  ...ldsI,
  ...ldsJ,
  ...ldsK,
};
