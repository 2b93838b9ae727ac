export { ServerPanel } from './server-panel.tsx';
