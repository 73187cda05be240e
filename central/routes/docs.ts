import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import type { OpenAPIV3 } from 'openapi-types';
import { openapiDocument } from '../../shared/protocol/openapi.ts';

/** The interface as a page at /docs and as a document at /docs/json, made of the schemas that the routes parse with. */
export async function docs(app: FastifyInstance): Promise<void> {
  const document = openapiDocument() as unknown as OpenAPIV3.Document;
  await app.register(swagger, { mode: 'static', specification: { document } });
  await app.register(swaggerUi, { routePrefix: '/docs' });
}
