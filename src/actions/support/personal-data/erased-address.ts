import { createHmac } from 'node:crypto'
import type { Db } from '#db/driver/database.ts'
import { findAddressHashKey } from '#db/personal-data/erasures.ts'

/**
 * What stays of an erased address: a keyed hash, in the form of an address that cannot exist. A client that knows an
 * address can ask whether it was registered; the hash alone does not give the address away.
 */
export function erasedAddress(email_key: string, key: Buffer): string {
  return `${createHmac('sha256', key).update(email_key).digest('hex').slice(0, 40)}@erased.invalid`
}

/** The key of this registry's hashes. */
export async function addressHashKey(db: Db): Promise<Buffer> {
  const found = await findAddressHashKey(db)
  if (found === undefined) throw new Error('the key of address hashes is missing')
  return Buffer.from(found.key, 'hex')
}
