import { request, type IncomingHttpHeaders } from 'node:http'

export interface Outgoing { port: number, method: string, path: string, headers?: Record<string, string>, body?: string | Buffer }
export interface Answer { status: number, headers: IncomingHttpHeaders, text: string }

/** A plain request: the path goes out exactly as written, redirects are not followed. */
export async function send ({ port, method, path, headers = {}, body }: Outgoing): Promise<Answer> {
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, method, path, headers: { ...headers, ...length }, agent: false }, response => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject).on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(chunks).toString('utf8') })
      })
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}
