export * from './accounts.ts';
export * from './digest.ts';
export * from './entities.ts';
export * from './presence.ts';
export * from './refusals.ts';
export * from './routes.ts';
export * from './sync.ts';
export * from './uploads.ts';
