import { startNewsroom } from '../helpers/server.ts';
import { describeWorkflow } from './suites/workflow-suite.ts';

describeWorkflow(() => startNewsroom());
