import { describeStore } from './suites/store-suite.ts';

describeStore(() => Promise.resolve(undefined));
