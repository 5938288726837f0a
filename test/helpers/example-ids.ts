import {
  ACCOUNT_ID,
  API_CLIENT_ID,
  API_KEY_ID,
  CHANGE_REQUEST_ID,
  CONTACT_ID,
  CONTRACT_ID,
  CUSTOMER_ID,
  WEBHOOK_DELIVERY_ID,
  WEBHOOK_ENDPOINT_ID,
} from '#http/schemas/examples.ts'

/** The example of each id in a path, also where an operation shows another one. */
export const EXAMPLE_IDS: Record<string, string> = {
  account_id: ACCOUNT_ID,
  change_request_id: CHANGE_REQUEST_ID,
  client_id: API_CLIENT_ID,
  contact_id: CONTACT_ID,
  contract_id: CONTRACT_ID,
  customer_id: CUSTOMER_ID,
  delivery_id: WEBHOOK_DELIVERY_ID,
  endpoint_id: WEBHOOK_ENDPOINT_ID,
  key_id: API_KEY_ID,
}
