export { admitDevice, signIn, theNewsroom } from './sign-in.ts';
export { changePassword } from './change-password.ts';
export { createNewsroom, type NewNewsroom } from './create-newsroom.ts';
export { acceptInvitation, invite } from './invitations.ts';
export { addDesk, changeNewsroom, changePerson, putDesk } from './newsroom.ts';
export { resetPassword } from './reset-password.ts';
export { hashPassword, hashSecret } from './secrets.ts';
