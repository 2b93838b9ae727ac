export { ensureSample, LOGINS_FILE, moveSampleTo } from './run.ts';
export type { SampleLogin } from './seed.ts';
