export { cycleColumn, focusColumn, type Column } from './columns.ts';
export { desk } from './desk.ts';
export * from './route.ts';
export * from './store.ts';
