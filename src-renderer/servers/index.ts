export { ServerPanel } from './server-panel.tsx';
export { underWay } from './under-way.ts';
