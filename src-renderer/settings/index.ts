export { PasswordDialog } from './password-dialog.tsx';
export { SettingsDialog } from './settings-dialog.tsx';
