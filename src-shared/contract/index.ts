export * from './articles.ts';
export * from './calls.ts';
export * from './commands.ts';
export * from './dispatch.ts';
export * from './editor-commands.ts';
export * from './import.ts';
export * from './status.ts';
