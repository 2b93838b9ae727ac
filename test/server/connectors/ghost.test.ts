import { describeDelivery } from './delivery-suite.ts';
import { ghostKit } from './kits.ts';

describeDelivery(ghostKit());
