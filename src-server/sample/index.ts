export { ensureSample, moveSampleTo } from './run.ts';
export type { SampleLogin } from './seed.ts';
