export { KEY_FILE, openSecretBox, type SecretBox } from './secret-box.ts';
