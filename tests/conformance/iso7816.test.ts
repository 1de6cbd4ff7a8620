import { describeUnits } from './base/unit-suite.ts';

for (const unit of ['ISO7816_A', 'ISO7816_B', 'ISO7816_C', 'ISO7816_D', 'ISO7816_F', 'ISO7816_G']) describeUnits(unit);
