import type { FastifyContextConfig, FastifyInstance, FastifyPluginCallback, FastifyReply, FastifyRequest, HookHandlerDoneFunction, RouteOptions } from 'fastify'
import fp from 'fastify-plugin'
import { INV_FORBIDDEN, INV_NO_PERMISSION_STATED, INV_UNAUTHENTICATED, INV_UNCHECKED_OBJECT } from '../errors.ts'
import { holdsPermission, RETIRE_USERS, type Caller, type UserCaller } from './caller.ts'
import { createRouteTable, type RouteRow, type RouteTable } from './route-table.ts'
import { isSignedCall, keepRawBody, createSignatureCheck } from './signed-routes.ts'

const isUser = (caller: Caller): caller is UserCaller => caller.kind === 'user'

interface PermissionRule {
  /** For the documentation. */
  who: string
  /** Decides as far as the caller alone can say. */
  admits (caller: Caller): boolean
  /** True = the handler must also ask one of the assert functions of `access.ts` about the object. */
  byObject: boolean
}

/** Every permission a route can state. */
export const PERMISSIONS = {
  public: { who: 'anybody, without signing in', admits: () => true, byObject: false },
  authenticated: { who: 'any user', admits: isUser, byObject: false },
  staff: { who: 'global staff', admits: caller => isUser(caller) && caller.isStaff, byObject: false },
  retire: { who: `users who hold ${RETIRE_USERS}`, admits: caller => isUser(caller) && holdsPermission(caller, RETIRE_USERS), byObject: false },
  'course-staff': { who: 'staff of the course that the object belongs to', admits: isUser, byObject: true },
  owner: { who: 'the learner whose attempt it is', admits: isUser, byObject: true },
  'owner-or-course-staff': { who: 'the learner whose attempt it is; some actions: staff of its course', admits: isUser, byObject: true },
  'self-or-staff': { who: 'any user for own data; global staff for others\'', admits: isUser, byObject: true },
  'self-or-course-staff': { who: 'any user for own data; staff of the course for others\'', admits: isUser, byObject: true },
  vendor: { who: 'the vendor of the attempt\'s provider, members of the group {provider}_review, global staff', admits: () => true, byObject: true },
  'own-vendor': { who: 'the vendor of this very provider', admits: caller => caller.kind === 'vendor', byObject: true },
} as const satisfies Record<string, PermissionRule>

export type Permission = keyof typeof PERMISSIONS

export interface PermissionsOptions {
  /** Asks the platform whether a user is staff of a course. */
  isCourseStaff (user: UserCaller, courseId: string): Promise<boolean>
}

declare module 'fastify' {
  interface FastifyContextConfig {
    permission?: Permission
    /** The browser itself opens this address (a link, an iframe), so no header can ask for cookies. Safe methods only. */
    browserNavigation?: boolean
    /** A plain form of one of our pages posts here: cookies count, and its field `csrf_token` proves where it comes from. */
    formPost?: boolean
  }
  interface FastifyInstance {
    routeTable: RouteTable<Permission>
    isCourseStaff: PermissionsOptions['isCourseStaff']
    /** For scopes of routes that are not ours (documentation pages, static files): set it in the scope before registering them. */
    routePermission: Permission | null
  }
  interface FastifyRequest {
    /** Set by the assert functions. */
    objectChecked: boolean
  }
}

/** Holds every route to the permission it states. Register it before the first route. */
const permissions: FastifyPluginCallback<PermissionsOptions> = (app, { isCourseStaff }, done) => {
  app.decorate('routeTable', createRouteTable<Permission>())
  app.decorate('isCourseStaff', isCourseStaff)
  app.decorate('routePermission', null)
  app.decorateRequest('objectChecked', false)
  app.addHook('onRoute', function (route) { guardRoute(this, route) })
  done()
}

export default fp(permissions, { name: 'permissions', dependencies: ['auth', 'errors'] })

/** All routes with what they state, in the order they were registered. */
export function permissionTable (app: FastifyInstance): readonly RouteRow<Permission>[] {
  return app.routeTable.list()
}

function guardRoute (app: FastifyInstance, route: RouteOptions): void {
  const permission = route.config?.permission ?? app.routePermission
  const methods = [route.method].flat()
  if (!isPermission(permission)) {
    throw new INV_NO_PERMISSION_STATED(methods.join(), route.url, Object.keys(PERMISSIONS).join(', '), permission === null ? 'nothing' : JSON.stringify(permission))
  }
  for (const method of methods) app.routeTable.add({ method, url: route.url, permission, refuses: route.config?.refuses ?? [] })
  route.config = { ...route.config, permission }
  if (permission === 'public') return
  // new arrays: Fastify shares the old ones with the HEAD route that it makes of a GET route
  route.onRequest = [createGuard(app, permission, route.config), ...[route.onRequest ?? []].flat()]
  if (route.config.formPost) route.preValidation = [createFormCheck(app), ...[route.preValidation ?? []].flat()]
  if (takesSignatures(permission)) {
    route.preParsing = [keepRawBody, ...[route.preParsing ?? []].flat()]
    route.preValidation = [createSignatureCheck(app), ...[route.preValidation ?? []].flat()]
  }
  if (PERMISSIONS[permission].byObject) route.onSend = [createObjectProof(permission), ...[route.onSend ?? []].flat()]
}

const takesSignatures = (permission: Permission): boolean => permission === 'vendor' || permission === 'own-vendor'

function isPermission (value: unknown): value is Permission {
  return typeof value === 'string' && Object.hasOwn(PERMISSIONS, value)
}

function createFormCheck (app: FastifyInstance) {
  return function checkForm (request: FastifyRequest, _reply: FastifyReply, done: HookHandlerDoneFunction): void {
    app.assertFormOrigin(request)
    done()
  }
}

function createGuard (app: FastifyInstance, permission: Permission, { browserNavigation = false, formPost = false }: FastifyContextConfig) {
  const { admits } = PERMISSIONS[permission]
  return function guard (request: FastifyRequest, _reply: FastifyReply, done: HookHandlerDoneFunction): void {
    // a signed call is known by its body, which has not been read yet
    if (takesSignatures(permission) && isSignedCall(request)) return done()
    app.authenticate(request, error => {
      if (error) done(error)
      else if (request.caller === null) done(new INV_UNAUTHENTICATED('Please sign in: this address needs a token.'))
      else if (!admits(request.caller)) done(new INV_FORBIDDEN(`You are not allowed to do this; it is for ${PERMISSIONS[permission].who}.`))
      else done()
    }, formPost ? 'form' : browserNavigation && (request.method === 'GET' || request.method === 'HEAD') ? 'navigation' : 'header')
  }
}

/** A handler that forgot to ask about the object must not answer: found by the first test of the route, and closed until then. */
function createObjectProof (permission: Permission) {
  return function proveObjectCheck (request: FastifyRequest, reply: FastifyReply, payload: unknown, done: (error?: Error | null, payload?: unknown) => void): void {
    if (request.objectChecked || reply.statusCode >= 400) done(null, payload)
    else done(new INV_UNCHECKED_OBJECT(request.method, request.routeOptions.url ?? request.url, permission))
  }
}
