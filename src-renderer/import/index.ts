export { DropFile } from './drop-file.tsx';
export { ImportDialog } from './import-dialog.tsx';
export { chooseFile } from './read-file.ts';
