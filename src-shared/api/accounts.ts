import { z } from 'zod';
import { Id, Instant } from '#shared/article';
import { DeskRole } from '#shared/workflow';
import { Newsroom, Person } from './entities.ts';

export const Password = z.string().min(10, 'A password has at least 10 characters.').max(200);
export const Login = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[\p{L}\p{N}._@+-]+$/u, 'A login has letters, digits and . _ @ + - only.');

/** The device that signs in: it makes up its own id once and keeps it. */
export const DeviceClaim = z.object({ id: Id, name: z.string().min(1).max(200) });

export const SignInRequest = z.object({
  login: z.string().max(100),
  password: z.string().max(200),
  device: DeviceClaim,
});

/** `token` is shown once: the server keeps only its hash. Sent as `Authorization: Bearer`. */
export const SignInResponse = z.object({ token: z.string(), person: Person, newsroom: Newsroom });
export type SignInResponse = z.infer<typeof SignInResponse>;

export const InvitationRequest = z.object({
  name: z.string().min(1).max(200),
  memberships: z.array(z.object({ desk: Id, role: DeskRole })).default([]),
  admin: z.boolean().default(false),
});
/** `code` is shown once and works once, until `expiresAt`. */
export const InvitationResponse = z.object({
  code: z.string(),
  url: z.string(),
  expiresAt: Instant,
});
export const AcceptInvitationRequest = z.object({
  code: z.string().max(200),
  login: Login,
  password: Password,
  device: DeviceClaim,
});

export const PasswordRequest = z.object({ current: z.string().max(200), password: Password });
/** How many other devices of the person were signed out. */
export const PasswordResponse = z.object({ devices: z.number().int() });

export const Device = z.object({
  id: Id,
  name: z.string(),
  createdAt: Instant,
  lastSeenAt: Instant,
  current: z.boolean(),
});
