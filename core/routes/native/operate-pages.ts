import { Type, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { bundleAsset } from '../../browser/bundle.ts'
import { INV_EFFECT_NOT_FOUND } from '../../errors.ts'
import { ASSET_PREFIX, serve } from '../../http/browser-assets.ts'
import { handOutCsrfToken, type CsrfCookieOptions } from '../../http/csrf-cookie.ts'
import { describeError } from '../../http/describe-error.ts'
import { answerError } from '../../http/errors.ts'
import { negotiateLanguage } from '../../interstitials/texts.ts'
import { reportProviders, type Report } from '../../operate/report.ts'
import { operateVariables, type DeadEffects } from './operate-view.ts'

export interface OperatePagesOptions extends CsrfCookieOptions {
  platformName: string
  /** Where people sign in. */
  platformUrl: string
}

const HOME = '/operate/providers'
const SHOWN_DEAD = 10
const REFRESH_SECONDS = 30

const QuerySchema = Type.Object({
  refresh: Type.Optional(Type.String({ description: 'present: the page reloads itself every half minute' })),
  again: Type.Optional(Type.Integer({ minimum: 0, description: 'how many effects were just sent again' })),
})
const FormSchema = Type.Object({ refresh: Type.Optional(Type.String()) })

/** The operator's page: what is wrong with the providers and what was given up, with a button each. Works without scripts; it has none. */
const operatePages: FastifyPluginAsyncTypebox<OperatePagesOptions> = async (app, options) => {
  const style = await bundleAsset('operate', new URL('../../browser/styles/operate.css', import.meta.url), ASSET_PREFIX)
  serve(app, [style])
  const stylesheets = [app.browserAssets.style('invigil'), style].map(({ path, integrity }) => ({ url: path, integrity }))

  app.get(HOME, {
    config: { permission: 'staff', page: true, browserNavigation: true },
    schema: { hide: true, querystring: QuerySchema },
    errorHandler: refuse,
  }, async (request, reply) => {
    const csrfToken = handOutCsrfToken(request, reply, options)
    const report = await reportProviders(app)
    const language = languageOf(request)
    const variables = operateVariables({ report, dead: await readDead(report), translate: app.renderer.translator(null, language), now: app.domain.clock.now() })
    const { refresh, again } = request.query
    return show(reply, 'operate/providers', language, {
      ...variables, csrf_token: csrfToken, home: HOME, again: again ?? null, refresh_seconds: refresh === undefined ? null : REFRESH_SECONDS,
    })
  })

  app.post('/operate/effects/:id/retry', {
    config: { permission: 'staff', page: true, formPost: true, refuses: ['INV_EFFECT_NOT_FOUND'] },
    schema: { hide: true, params: Type.Object({ id: Type.Integer({ minimum: 1 }) }), body: FormSchema },
    errorHandler: refuse,
  }, async ({ params, body }, reply) => {
    if (!await app.effects.retry(params.id)) throw new INV_EFFECT_NOT_FOUND(params.id)
    return goHome(reply, 1, body.refresh)
  })

  app.post('/operate/providers/:name/retry', {
    config: { permission: 'staff', page: true, formPost: true },
    schema: { hide: true, params: Type.Object({ name: Type.String({ maxLength: 255 }) }), body: FormSchema },
    errorHandler: refuse,
  }, async ({ params, body }, reply) => goHome(reply, await app.effects.retryForProvider(params.name), body.refresh))

  /** The page is asked for anew, so that a reload sends nothing again. */
  function goHome (reply: FastifyReply, again: number, refresh: string | undefined): FastifyReply {
    return reply.redirect(`${HOME}?again=${again}${refresh ? '&refresh=1' : ''}`, 303)
  }

  /** The newest of each vendor, and of all that is no vendor's. */
  async function readDead ({ providers, missing }: Report): Promise<DeadEffects> {
    const names = [...providers, ...missing].filter(({ queue }) => queue.dead > 0).map(({ name }) => name)
    const ofVendors = names.map(async name => [name, await app.effects.list({ state: 'dead', provider: name, limit: SHOWN_DEAD })] as const)
    const others = (['lms', 'email', 'webhook'] as const).map(kind => app.effects.list({ state: 'dead', kind, limit: SHOWN_DEAD }))
    return new Map([...await Promise.all(ofVendors), ['', (await Promise.all(others)).flat()]])
  }

  const languageOf = ({ headers }: FastifyRequest) => negotiateLanguage(headers['accept-language'], app.renderer.languages)

  async function show (reply: FastifyReply, view: string, language: string, variables: object): Promise<FastifyReply> {
    const page = await app.renderer.render(null, view, { ...variables, heading_level: 1, platform_name: options.platformName, stylesheets }, language)
    return reply.type('text/html; charset=utf-8').header('vary', 'accept-language').send(page)
  }

  /** People get a page that says how to go on; programs the usual JSON. */
  function refuse (error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply | Promise<FastifyReply> {
    if (!request.headers.accept?.includes('text/html')) return answerError(error, request, reply)
    const { status, code, detail } = describeError(error, { requestId: request.id, contentType: request.headers['content-type'] })
    if (status >= 500) request.log.error({ err: error }, 'a page for operators could not be made')
    reply.code(status).header('invigil-error', code)
    const reason = status === 401 ? 'sign_in' : code === 'INV_BAD_CSRF' ? 'stale' : status === 403 ? 'not_staff' : 'other'
    return show(reply, 'operate/refused', languageOf(request), { reason, detail, home: HOME, platform_url: options.platformUrl })
  }
}

export default operatePages
