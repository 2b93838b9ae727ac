import { z } from 'zod';
import {
  ApiError,
  REFUSAL_STATUS,
  refusalsOf,
  ROUTES,
  type RefusalCode,
  type Route,
} from '#shared/api';

type Json = Record<string, unknown>;

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}

function parameters(schema: z.ZodType | undefined, place: 'path' | 'query' | 'header'): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Json;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

function success({ response, status = 204, answers = {} }: Route): Json {
  if (response === 'empty') {
    const headers = Object.fromEntries(
      Object.entries(answers).map(([name, description]) => [
        name,
        { description, schema: { type: 'string' } },
      ]),
    );
    return {
      [status]: { description: 'Done.', ...(Object.keys(headers).length > 0 && { headers }) },
    };
  }
  if (response === 'binary')
    return { 200: { description: 'The bytes.', content: { 'image/*': {} } } };
  if (response === 'events')
    return { 200: { description: 'A stream of events.', content: { 'text/event-stream': {} } } };
  return {
    200: {
      description: 'Done.',
      content: { 'application/json': { schema: schemaOf(response, 'output') } },
    },
  };
}

/** The refusals of a route by their status; whatever else a proxy in front may say looks the same. */
function refusals(route: Route): Json {
  const byStatus: Partial<Record<number, RefusalCode[]>> = {};
  for (const code of refusalsOf(route)) (byStatus[REFUSAL_STATUS[code]] ??= []).push(code);
  const schema = { $ref: '#/components/schemas/ApiError' };
  // An answer to HEAD has no body.
  const content = route.method === 'HEAD' ? {} : { content: { 'application/json': { schema } } };
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, codes = []]) => [
      status,
      { description: `Refused: ${codes.map((code) => `\`${code}\``).join(', ')}.`, ...content },
    ]),
  );
}

function operation(name: string, route: Route): Json {
  const binary =
    route.bodyType === undefined
      ? null
      : { [route.bodyType]: { schema: { type: 'string', format: 'binary' } } };
  const json = route.body && { 'application/json': { schema: schemaOf(route.body, 'input') } };
  const content = binary ?? json;
  return {
    operationId: name,
    summary: route.summary,
    parameters: [
      ...parameters(route.params, 'path'),
      ...parameters(route.query, 'query'),
      ...parameters(route.headers, 'header'),
    ],
    ...(content && { requestBody: { required: true, content } }),
    responses: { ...success(route), ...refusals(route) },
    security: route.auth === 'device' ? [{ device: [] }] : [],
  };
}

/** The OpenAPI 3.1 document, made from the same table that registers the routes. */
export function openApiDocument(newsroom: string, serverUrl: string): Json {
  const paths: Record<string, Json> = {};
  for (const [name, route] of Object.entries<Route>(ROUTES)) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(name, route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: `${newsroom}: publishing server`,
      version: '1',
      description:
        'Stet’s publishing server: revisions, workflow, people and pictures of one newsroom. Every refusal is JSON with a stable code and a sentence. A method that an address does not take is refused with 405, `wrong-method`, and the methods that it takes in `Allow`.',
    },
    servers: [{ url: serverUrl }],
    paths,
    components: {
      securitySchemes: {
        device: { type: 'http', scheme: 'bearer', description: 'The token of one device.' },
      },
      schemas: { ApiError: schemaOf(ApiError, 'output') },
    },
  };
}
