export * from './decide.ts';
export * from './permissions.ts';
export * from './roles.ts';
export * from './states.ts';
export * from './transitions.ts';
