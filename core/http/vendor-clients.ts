import type { Config } from '../config/schema.ts'
import { isSameText } from './same-text.ts'

/** The credentials by which a vendor's systems sign in here. */
export interface VendorClient {
  readonly provider: string
  readonly clientId: string
  readonly clientSecret: string
}

export type VendorClients = ReadonlyMap<string, VendorClient>

/** The callback credentials of all providers by client id; a retired provider's vendor may still deliver reviews. */
export function listVendorClients (enabled: Config['providers']['enabled']): VendorClients {
  const clients = Object.entries(enabled).flatMap(([provider, { callback }]) => callback
    ? [{ provider, clientId: callback.client_id, clientSecret: callback.client_secret }]
    : [])
  return new Map(clients.map(client => [client.clientId, client]))
}

/** The client with this id and secret. Takes as long for an unknown id as for a wrong secret. */
export function findVendorClient (clients: VendorClients, clientId: string, clientSecret: string): VendorClient | null {
  const client = clients.get(clientId)
  const matches = isSameText(clientSecret, client?.clientSecret ?? '')
  return client && matches ? client : null
}
