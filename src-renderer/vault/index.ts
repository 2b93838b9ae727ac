export { VaultDialog } from './vault-dialog.tsx';
