import { INV_BAD_CLIENT, INV_BAD_REQUEST } from '../errors.ts'
import { findVendorClient, type VendorClient, type VendorClients } from './vendor-clients.ts'

export interface TokenRequest { grant_type?: string, client_id?: string, client_secret?: string }
interface ClientCredentials { clientId: string, clientSecret: string }

/** A refusal in the words of RFC 6749 §5.2, with `detail` for those who know the rest of this API. */
export interface TokenRefusal { status: 400 | 401, code: string, body: { error: string, error_description: string, detail: string } }

/** Decides a token request: the client it proves, or why it is refused. */
export function decideTokenRequest (clients: VendorClients, body: TokenRequest | null, authorization: string | undefined): VendorClient | TokenRefusal {
  if (body === null) return badRequest('invalid_request', 'The fields of a token request are texts: grant_type, client_id, client_secret.')
  if (body.grant_type === undefined) return badRequest('invalid_request', 'Field grant_type is missing; expected client_credentials.')
  if (body.grant_type !== 'client_credentials') return badRequest('unsupported_grant_type', 'The only grant type here is client_credentials.')
  const given = [...readBasic(authorization), ...readFields(body)]
  if (given.length === 0) return badRequest('invalid_request', 'Give client_id and client_secret as fields or with HTTP Basic.')
  const found = given.map(({ clientId, clientSecret }) => findVendorClient(clients, clientId, clientSecret))
  return found.find(client => client !== null) ?? wrongClient()
}

function badRequest (error: string, text: string): TokenRefusal {
  return { status: 400, code: new INV_BAD_REQUEST().code, body: { error, error_description: text, detail: text } }
}

function wrongClient (): TokenRefusal {
  const { code, message } = new INV_BAD_CLIENT()
  return { status: 401, code, body: { error: 'invalid_client', error_description: message, detail: message } }
}

function readFields ({ client_id: clientId, client_secret: clientSecret }: TokenRequest): ClientCredentials[] {
  return clientId === undefined || clientSecret === undefined ? [] : [{ clientId, clientSecret }]
}

/** HTTP Basic. RFC 6749 §2.3.1 has both halves form-encoded, which half of all clients do not do: both readings are tried. */
function readBasic (authorization = ''): ClientCredentials[] {
  const [, encoded] = /^basic +(\S+)$/i.exec(authorization) ?? []
  const [, clientId, clientSecret] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded ?? '', 'base64').toString('utf8')) ?? []
  if (clientId === undefined || clientSecret === undefined) return []
  return [{ clientId, clientSecret }, { clientId: decodeForm(clientId), clientSecret: decodeForm(clientSecret) }]
}

function decodeForm (text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
