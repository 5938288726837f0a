import { Type } from 'typebox'
import { apiClientId } from '#http/schemas/api-clients/api-client-fields.ts'

export const ClientPath = Type.Object({ client_id: apiClientId })

const parameters = { client_id: '$response.body#/client_id' }

export const apiClientLinks = {
  getApiClient: { operationId: 'getApiClient', description: 'Reads the client again.', parameters },
  addApiKey: {
    operationId: 'addApiKey',
    description: 'Creates another key, before the present key expires.',
    parameters,
  },
  revokeApiClient: { operationId: 'revokeApiClient', description: 'Revokes the client and all its keys.', parameters },
  listApiClientHistory: {
    operationId: 'listApiClientHistory',
    description: 'Lists who granted what to the client.',
    parameters,
  },
}
