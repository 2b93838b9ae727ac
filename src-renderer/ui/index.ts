export { Avatar } from './avatar.tsx';
export { Button, Hint } from './button.tsx';
export { Dialog } from './dialog.tsx';
export { Checkbox, Select, TextField, type Choice } from './field.tsx';
export { base64Of, chooseFiles, saveText } from './files.ts';
export { focusField } from './focus-field.ts';
export * from './format.ts';
export { Chip, Dot, Empty, StateChip, type Tone } from './marks.tsx';
export { tell, tellError, Toasts, untell, type Notice } from './toasts.tsx';
