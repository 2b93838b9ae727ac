export { BinDialog } from './bin-dialog.tsx';
export { Inspector } from './inspector.tsx';
export { TransitionDialog } from './transition-dialog.tsx';
export { canOffer, startTransition, tryTransition } from './transitions.ts';
