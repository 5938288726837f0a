import { Type } from 'typebox'
import { apiClientId } from '#http/schemas/api-client-fields.ts'

export const ClientPath = Type.Object({ client_id: apiClientId })

const parameters = { client_id: '$response.body#/client_id' }

export const apiClientLinks = {
  getApiClient: { operationId: 'getApiClient', description: 'Reads the client again.', parameters },
  addApiKey: {
    operationId: 'addApiKey',
    description: 'Gives it another key, in time before the present one is too old.',
    parameters,
  },
  revokeApiClient: { operationId: 'revokeApiClient', description: 'Revokes it with all its keys.', parameters },
  listApiClientHistory: { operationId: 'listApiClientHistory', description: 'Who granted it what.', parameters },
}
