/** A contact that already has the address, as the operator needs to see it. */
export type HolderOfAddress = { contact_id: string; contract_id: string; name: string }
