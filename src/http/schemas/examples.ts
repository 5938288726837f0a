// All examples belong to one story: 株式会社青空商事, its contract, and the people who are registered on it.

export const CUSTOMER_ID = '0012500000Xyz'
export const CONTRACT_ID = 'C-2024-0117'

/** Contracts of the customer without contacts: for a tour, for an application form, and entered by mistake. */
export const TOUR_CONTRACT_ID = 'C-2026-0001'
export const FORM_CONTRACT_ID = 'C-2026-0102'
export const MISTAKEN_CONTRACT_ID = 'C-2026-0103'

/** A customer that the CRM entered twice: it has no contract. */
export const MISTAKEN_CUSTOMER_ID = '0012500000Xyz-2'

/** 山田 太郎, the primary, and the support account that is his alone. */
export const CONTACT_ID = '019d4672-7740-7c41-9d2e-3f5b8a1c7e90'
export const ACCOUNT_ID = '019d4672-7740-7a52-8b1f-0d6c9e2f4a77'

/** 伊藤 花子, who takes over from him. */
export const SUCCESSOR_ID = '01a0a24a-b480-7d18-a6c3-52f90b7e4d11'
export const SUCCESSOR_ACCOUNT_ID = '01a0a24a-b480-7e29-b7d4-63fa1c8f5e22'

/** The mailbox that 佐藤 次郎 and 鈴木 三郎 share, and that 高橋 恵 has left. */
export const SHARED_ACCOUNT_ID = '019d4672-7740-7b63-9c20-1e7daf305b88'
export const SHARER_IDS = [
  '019d4672-7740-7c74-8d31-2f8eb0416c99',
  '019d4693-6cc0-7d85-9e42-309fc1527daa',
  '019d4694-5720-7e96-af53-41a0d2638ebb',
] as const

/** 渡部 亮, who has left, and his account. */
export const LEAVER_ID = '01a0a249-ca20-7d29-8c63-52f90b7e4d44'
export const LEAVER_ACCOUNT_ID = '01a0a249-ca20-7e3a-9d74-63fa1c8f5e55'

/** Another customer: its contract that was renewed under a new number, the primary of it, 前田 誠, and the successor. */
export const OTHER_CUSTOMER_ID = '0012500000Mnt'
export const RENEWED_CONTRACT_ID = 'C-2025-0031'
export const RENEWED_CONTACT_ID = '019c1b5e-9880-7d42-8f63-2a7c4e9b1d05'
export const RENEWED_ACCOUNT_ID = '019c1b5e-9880-7e53-9a74-3b8d5fac2e16'
export const SUCCESSOR_CONTRACT_ID = 'C-2026-0031'

/** Its contract that goes to a company that was split from it, and the one contact of it, 原 美咲. */
export const ACQUIRER_ID = '0012500000Mnl'
export const MOVED_CONTRACT_ID = 'C-2025-0063'
export const MOVED_CONTACT_ID = '019c1b5e-9880-7f64-8b85-4c9e6fbd3f27'
export const MOVED_ACCOUNT_ID = '019c1b5e-9880-7075-9c96-5daf70ce4038'

/** The request of 高橋 恵, who is not registered: the primary has to confirm it. */
export const CHANGE_REQUEST_ID = '01a0a24b-9ee0-7f3a-8c5d-64fb2d9a6f33'

/** Further requests of the customer: to be approved for their day, to be rejected, and to be withdrawn. */
export const UNAPPROVED_REQUEST_ID = '01a0a24c-8940-7c4b-9d6e-75ac3eab7044'
export const REJECTED_REQUEST_ID = '01a0a24d-73a0-7d5c-ae7f-86bd4fbc8155'
export const WITHDRAWN_REQUEST_ID = '01a0a24e-5e00-7e6d-bf80-97ce50cd9266'

/** A file that a client has imported. */
export const IMPORT_ID = '01a0a24f-4840-7e7e-8f91-a8df61de9377'

/** A file that could not be read. */
export const UNREADABLE_IMPORT_ID = '01a0a250-32a0-7f8f-a0a2-b9e072efa488'

/** A day that is still to come, whenever an example is tried. */
export const LATER_DAY = '2099-04-01'

/** The client that the CRM calls as, and its first key. */
export const API_CLIENT_ID = '01a0b1c2-3d40-7e5f-8a6b-7c8d9e0f1a2b'
export const API_KEY_ID = '01a0b1c2-3d40-7f6a-9b7c-8d9e0f1a2b3c'

/** A client that is to be revoked. */
export const REVOKED_CLIENT_ID = '01a0b1c3-27a0-7c8d-8e9f-0a1b2c3d4e5f'

/** An endpoint of the CRM, its secret and its first delivery; and an endpoint that is to be deleted. */
export const WEBHOOK_ENDPOINT_ID = '01a0b1c4-1200-7d8e-9fa0-1b2c3d4e5f61'
export const WEBHOOK_SECRET_ID = '01a0b1c4-1200-7e9f-8ab1-2c3d4e5f6172'
export const WEBHOOK_DELIVERY_ID = '01a0b1c4-fc60-7fa0-9bc2-3d4e5f617283'
export const DELETED_ENDPOINT_ID = '01a0b1c4-2000-7ab1-8cd3-4e5f61728394'

export const REQUEST_ID = '019d4672-7358-7f10-a1b2-c3d4e5f60718'
export const ENTITY_TAG = '"h3mN0pQrStUvWxYz012345"'
/** The hash of an entry of history. */
export const HEAD_HASH = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'
