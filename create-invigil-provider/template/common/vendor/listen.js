// @ts-check
import { createServer } from 'node:http'
import { buffer } from 'node:stream/consumers'

/** @typedef {{ fetch (request: Request): Response | Promise<Response> }} Handler */

/**
 * Lets the stand-in listen on loopback, so that what calls it makes real requests.
 * @param {Handler} handler
 * @param {number} [port] 0 takes any free one
 * @returns {Promise<{ url: string, close (): Promise<void> }>}
 */
export async function listen (handler, port = 0) {
  const server = createServer(async (incoming, outgoing) => {
    const body = await buffer(incoming)
    const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])
    const { method = 'GET' } = incoming
    const request = new Request(`http://${incoming.headers.host}${incoming.url}`, { method, headers: Object.fromEntries(headers), ...(body.length > 0 && { body }) })
    const response = await Promise.resolve(handler.fetch(request)).catch(error => new Response(String(error), { status: 502 }))
    outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(Buffer.from(await response.arrayBuffer()))
  })
  await new Promise((resolve, reject) => { server.once('error', reject).listen(port, '127.0.0.1', () => resolve(undefined)) })
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('expected an address with a port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => new Promise(resolve => { server.close(() => resolve()); server.closeAllConnections() }),
  }
}
