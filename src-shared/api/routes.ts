import { z } from 'zod';
import { changesTo, DeskProfile, Hash, Id, Instant } from '#shared/article';
import {
  AcceptInvitationRequest,
  Device,
  InvitationRequest,
  InvitationResponse,
  PasswordRequest,
  PasswordResponse,
  SignInRequest,
  SignInResponse,
} from './accounts.ts';
import { ArticleDelivery, Channel, DeliveryAct, RemoteVersion } from './channels.ts';
import { ArticleResponse, DigestResponse, SectorResponse, SECTORS } from './digest.ts';
import { AuditRecord, Desk, Newsroom, Person } from './entities.ts';
import { Place, PresenceEvent } from './presence.ts';
import type { RefusalCode } from './refusals.ts';
import { ChangesQuery, ChangesResponse, PushRequest, PushResponse } from './sync.ts';
import { AppendHeaders, CreateUploadHeaders, TusHeaders, UPLOAD_TYPE } from './uploads.ts';

/** One route of the publishing server. `auth: none` needs no token; every other one does. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS';
  path: string;
  summary: string;
  auth: 'none' | 'device';
  params?: z.ZodType;
  query?: z.ZodType;
  /** Request headers that mean something to this route, by their names in lower case. */
  headers?: z.ZodType;
  body?: z.ZodType;
  /** What the body is where it is not JSON. */
  bodyType?: string;
  /** The status of success where it is neither 200 nor 204. */
  status?: number;
  /** Headers of the answer that carry something, and what. */
  answers?: Record<string, string>;
  /** How this route may refuse, beside what {@link refusalsOf} adds for every route of its kind. */
  refusals?: readonly RefusalCode[];
  /** `binary` and `events` (text/event-stream) are not JSON. */
  response: z.ZodType | 'binary' | 'events' | 'empty';
}

const ById = z.object({ id: Id });
const ByChannel = z.object({ id: Id, channel: Id });
const ByHash = z.object({ hash: Hash });
/** An upload's id is 64 hexadecimal digits, as a hash is. */
const ByUpload = z.object({ id: Hash });

/** Every route under `/v1`: the server registers them, the client calls them, the OpenAPI document lists them. */
export const ROUTES = {
  health: {
    method: 'GET',
    path: '/v1/health',
    summary: 'Whether the server is up, and whose newsroom it serves.',
    auth: 'none',
    response: z.object({
      service: z.literal('stet'),
      newsroom: z.string(),
      protocol: z.number().int(),
      minimumProtocol: z.number().int(),
      time: Instant,
    }),
  },
  signIn: {
    method: 'POST',
    path: '/v1/sign-in',
    summary: 'Exchange login and password for a device token.',
    auth: 'none',
    body: SignInRequest,
    refusals: ['wrong-password', 'device-taken', 'too-many'],
    response: SignInResponse,
  },
  acceptInvitation: {
    method: 'POST',
    path: '/v1/invitations/accept',
    summary: 'Take up an invitation and sign in.',
    auth: 'none',
    body: AcceptInvitationRequest,
    refusals: [
      'not-found',
      'invitation-used',
      'invitation-expired',
      'login-taken',
      'device-taken',
      'too-many',
    ],
    response: SignInResponse,
  },
  invite: {
    method: 'POST',
    path: '/v1/invitations',
    summary: 'Invite a person.',
    auth: 'device',
    body: InvitationRequest,
    refusals: ['forbidden', 'unknown-desk'],
    response: InvitationResponse,
  },
  me: {
    method: 'GET',
    path: '/v1/me',
    summary: 'Who this token belongs to.',
    auth: 'device',
    response: z.object({ person: Person, newsroom: Newsroom }),
  },
  changePassword: {
    method: 'PUT',
    path: '/v1/me/password',
    summary: 'Choose a new password. Signs out the other devices of the person.',
    auth: 'device',
    body: PasswordRequest,
    refusals: ['not-the-password', 'too-many'],
    response: PasswordResponse,
  },
  devices: {
    method: 'GET',
    path: '/v1/devices',
    summary: 'The devices of the signed-in person.',
    auth: 'device',
    response: z.object({ devices: z.array(Device) }),
  },
  revokeDevice: {
    method: 'DELETE',
    path: '/v1/devices/:id',
    summary: 'Revoke a device’s token.',
    auth: 'device',
    params: ById,
    refusals: ['not-found'],
    response: 'empty',
  },
  push: {
    method: 'POST',
    path: '/v1/push',
    summary: 'Offer operations; each gets a permanent answer. 409 on a gap in the numbers.',
    auth: 'device',
    body: PushRequest,
    refusals: ['wrong-device', 'gap', 'numbers-reused', 'upgrade-required'],
    response: PushResponse,
  },
  changes: {
    method: 'GET',
    path: '/v1/changes',
    summary: 'The feed of changes after a cursor.',
    auth: 'device',
    query: ChangesQuery,
    response: ChangesResponse,
  },
  digest: {
    method: 'GET',
    path: '/v1/digest',
    summary:
      'A hash over where all articles stand, by sector: compared daily with what a device has.',
    auth: 'device',
    response: DigestResponse,
  },
  digestSector: {
    method: 'GET',
    path: '/v1/digest/:sector',
    summary: 'Where the articles of one sector stand.',
    auth: 'device',
    params: z.object({
      sector: z.coerce
        .number()
        .int()
        .min(0)
        .max(SECTORS - 1),
    }),
    response: SectorResponse,
  },
  article: {
    method: 'GET',
    path: '/v1/articles/:id',
    summary: 'Everything of one article, as the feed would bring it.',
    auth: 'device',
    params: ById,
    refusals: ['not-found'],
    response: ArticleResponse,
  },
  events: {
    method: 'GET',
    path: '/v1/events',
    summary: 'Server-sent events that say when to pull, and who is where.',
    auth: 'device',
    response: 'events',
  },
  presence: {
    method: 'PUT',
    path: '/v1/presence',
    summary:
      'Says where a person is, for colleagues to see. Advice only; forgotten when it is not said again.',
    auth: 'device',
    body: z.object({ place: Place.nullable() }),
    response: PresenceEvent,
  },
  channels: {
    method: 'GET',
    path: '/v1/channels',
    summary: 'Where articles go beside the newsroom’s own site.',
    auth: 'device',
    response: z.object({ channels: z.array(Channel) }),
  },
  deliveries: {
    method: 'GET',
    path: '/v1/articles/:id/deliveries',
    summary: 'How an article stands with each channel that it was sent to.',
    auth: 'device',
    params: ById,
    refusals: ['not-found'],
    response: z.object({ deliveries: z.array(ArticleDelivery) }),
  },
  decideDelivery: {
    method: 'POST',
    path: '/v1/articles/:id/deliveries/:channel',
    summary:
      'Try a delivery again, publish over exactly the version that somebody made there, or say that it was taken in.',
    auth: 'device',
    params: ByChannel,
    body: DeliveryAct,
    refusals: ['forbidden', 'not-found', 'changed-again'],
    response: z.object({ deliveries: z.array(ArticleDelivery) }),
  },
  remoteVersion: {
    method: 'GET',
    path: '/v1/articles/:id/deliveries/:channel/theirs',
    summary: 'What somebody made of the article in the CMS, as it was kept.',
    auth: 'device',
    params: ByChannel,
    refusals: ['not-found'],
    response: RemoteVersion,
  },
  hasAsset: {
    method: 'HEAD',
    path: '/v1/assets/:hash',
    summary: 'Whether the server holds an asset.',
    auth: 'device',
    params: ByHash,
    refusals: ['not-found'],
    response: 'empty',
  },
  putAsset: {
    method: 'PUT',
    path: '/v1/assets/:hash',
    summary: 'Store an image under its SHA-256; verified before use.',
    auth: 'device',
    params: ByHash,
    bodyType: 'image/*',
    refusals: ['forbidden', 'wrong-hash', 'not-an-image'],
    response: 'empty',
  },
  getAsset: {
    method: 'GET',
    path: '/v1/assets/:hash',
    summary: 'The bytes of an asset.',
    auth: 'device',
    params: ByHash,
    refusals: ['not-found'],
    response: 'binary',
  },
  uploadOptions: {
    method: 'OPTIONS',
    path: '/v1/uploads',
    summary: 'Which parts of tus 1.0 the server speaks.',
    auth: 'none',
    answers: {
      'tus-version': 'Always 1.0.0.',
      'tus-extension': 'The extensions of tus that it knows.',
      'tus-max-size': 'Largest picture, in bytes.',
    },
    response: 'empty',
  },
  createUpload: {
    method: 'POST',
    path: '/v1/uploads',
    summary: 'Begin a resumable upload (tus 1.0), or find the one already begun for this picture.',
    auth: 'device',
    headers: CreateUploadHeaders,
    status: 201,
    answers: {
      location: 'Where the upload goes on.',
      'upload-expires': 'When what has arrived until then is thrown away.',
    },
    refusals: ['forbidden', 'wrong-tus-version', 'too-large', 'already-there'],
    response: 'empty',
  },
  uploadOffset: {
    method: 'HEAD',
    path: '/v1/uploads/:id',
    summary: 'How many bytes of an upload have arrived.',
    auth: 'device',
    params: ByUpload,
    headers: TusHeaders,
    status: 200,
    answers: {
      'upload-offset': 'How many bytes have arrived.',
      'upload-length': 'How many there are in all.',
      'upload-expires': 'When what has arrived until then is thrown away.',
    },
    refusals: ['not-found', 'upload-expired', 'wrong-tus-version'],
    response: 'empty',
  },
  appendUpload: {
    method: 'PATCH',
    path: '/v1/uploads/:id',
    summary:
      'Send bytes from an offset on; what arrives before the line breaks is kept. With the last byte the picture is verified and stored.',
    auth: 'device',
    params: ByUpload,
    headers: AppendHeaders,
    bodyType: UPLOAD_TYPE,
    answers: {
      'upload-offset': 'How many bytes have arrived.',
      'upload-expires': 'When what has arrived until then is thrown away.',
    },
    refusals: [
      'not-found',
      'wrong-offset',
      'upload-expired',
      'wrong-tus-version',
      'wrong-hash',
      'not-an-image',
    ],
    response: 'empty',
  },
  endUpload: {
    method: 'DELETE',
    path: '/v1/uploads/:id',
    summary: 'Give an upload up.',
    auth: 'device',
    params: ByUpload,
    headers: TusHeaders,
    refusals: ['not-found', 'upload-expired', 'wrong-tus-version'],
    response: 'empty',
  },
  putDesk: {
    method: 'PUT',
    path: '/v1/desks/:id',
    summary: 'Create a desk or change its name and profile.',
    auth: 'device',
    params: ById,
    body: z.object({ name: z.string().min(1).max(200), profile: DeskProfile }),
    refusals: ['forbidden'],
    response: Desk,
  },
  patchPerson: {
    method: 'PATCH',
    path: '/v1/people/:id',
    summary:
      'Change a person’s name, roles or standing; a deactivated person’s devices are revoked.',
    auth: 'device',
    params: ById,
    body: changesTo(
      Person.pick({
        name: true,
        affiliation: true,
        admin: true,
        memberships: true,
        active: true,
      }),
    ),
    refusals: ['forbidden', 'not-found', 'unknown-desk', 'last-admin'],
    response: Person,
  },
  patchNewsroom: {
    method: 'PATCH',
    path: '/v1/newsroom',
    summary: 'Change the newsroom’s name, sections and site settings.',
    auth: 'device',
    body: changesTo(Newsroom.omit({ id: true })),
    refusals: ['forbidden', 'reserved-address'],
    response: Newsroom,
  },
  audit: {
    method: 'GET',
    path: '/v1/audit',
    summary: 'The audit log, newest entries first.',
    auth: 'device',
    query: z.object({
      before: z.coerce.number().int().min(1).optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    refusals: ['forbidden'],
    response: z.object({ entries: z.array(AuditRecord) }),
  },
} as const satisfies Record<string, Route>;
export type RouteName = keyof typeof ROUTES;

/** Largest image the server takes, in bytes. */
export const ASSET_MAX_BYTES = 25_000_000;

/** Every code a route may refuse with: its own, and those of each route that takes a body or asks for a token. */
export function refusalsOf({
  auth,
  params,
  query,
  headers,
  body,
  bodyType,
  refusals = [],
}: Route): RefusalCode[] {
  const reads = params ?? query ?? headers ?? body ?? bodyType;
  const takesBody = body ?? bodyType;
  return [
    ...new Set<RefusalCode>([
      ...(reads ? (['malformed'] as const) : []),
      ...(auth === 'device' ? (['signed-out'] as const) : []),
      ...(takesBody ? (['too-large', 'wrong-type'] as const) : []),
      ...refusals,
      'internal',
      'unavailable',
    ]),
  ];
}
