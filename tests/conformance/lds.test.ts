import { describeUnits } from './base/unit-suite.ts';

for (const unit of ['LDS_A', 'LDS_B', 'LDS_C', 'LDS_F', 'LDS_H', 'LDS_I', 'LDS_J', 'LDS_K']) describeUnits(unit);
