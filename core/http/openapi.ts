import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyPluginAsync } from 'fastify'
import fp from 'fastify-plugin'
import { nameComponents } from './openapi-components.ts'
import { describeOperation } from './openapi-operations.ts'

export interface OpenapiOptions {
  version: string
  /** `server.public_url` */
  publicUrl: string
  cookieName: string
}

/** Ways to sign in, by the names the operations use. */
const buildSecuritySchemes = (cookieName: string) => ({
  platformToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'A token of the platform, as `Authorization: JWT <token>` or `Bearer <token>`.' },
  platformCookies: { type: 'apiKey', in: 'cookie', name: cookieName, description: 'The platform\'s split token cookies, with the header `USE-JWT-COOKIE: true`; writes need `X-CSRFToken`.' },
  vendorToken: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: '/oauth2/access_token', scopes: { callbacks: 'report on attempts of the own provider' } } } },
  vendorSignature: { type: 'apiKey', in: 'header', name: 'webhook-signature', description: 'Standard Webhooks: `webhook-id`, `webhook-timestamp`, `webhook-signature`, signed with the callback secret.' },
} as const)

const DESCRIPTION = `Exams, attempts, reviews and proctoring providers.

Bodies are shown as JSON; forms and multipart fields with the same names are taken too. Every answer carries \`X-Request-ID\`, every refusal \`Invigil-Error\`.`

/** Describes the API from the routes' own schemas: pages at `/docs`, the document at `/docs/json`. Register it before the routes. */
const openapi: FastifyPluginAsync<OpenapiOptions> = async (app, { version, publicUrl, cookieName }) => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Invigil', version, description: DESCRIPTION },
      servers: [{ url: publicUrl }],
      components: { securitySchemes: buildSecuritySchemes(cookieName) },
    },
    transform: describeOperation,
    transformObject: document => 'openapiObject' in document ? nameComponents({ ...document.openapiObject }) : document.swaggerObject,
  })
  await app.register(async scope => {
    scope.routePermission = 'public'
    await scope.register(swaggerUi, { routePrefix: '/docs', staticCSP: 'default-src \'self\'; img-src \'self\' data:; style-src \'self\' \'unsafe-inline\'; frame-ancestors \'none\'' })
  })
}

export default fp(openapi, { name: 'openapi', dependencies: ['permissions'] })
