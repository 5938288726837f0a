// One story runs through all examples: 株式会社青空商事, its contract, and the people who are registered on it.

export const CUSTOMER_ID = '0012500000Xyz'
export const CONTRACT_ID = 'C-2024-0117'

/** 山田 太郎, the primary, and the support account that is his alone. */
export const CONTACT_ID = '019d4672-7740-7c41-9d2e-3f5b8a1c7e90'
export const ACCOUNT_ID = '019d4672-7740-7a52-8b1f-0d6c9e2f4a77'

/** 伊藤 花子, who takes over from him. */
export const SUCCESSOR_ID = '01a0a24a-b480-7d18-a6c3-52f90b7e4d11'
export const SUCCESSOR_ACCOUNT_ID = '01a0a24a-b480-7e29-b7d4-63fa1c8f5e22'

/** The mailbox that 佐藤 次郎 and 鈴木 三郎 share, and that 高橋 恵 has left. */
export const SHARED_ACCOUNT_ID = '019d4692-8260-7b63-9c20-1e7daf305b88'
export const SHARER_IDS = [
  '019d4692-8260-7c74-8d31-2f8eb0416c99',
  '019d4693-6cc0-7d85-9e42-309fc1527daa',
  '019d4694-5720-7e96-af53-41a0d2638ebb',
] as const

/** What 高橋 恵 asked for, who is not registered: the primary has to confirm it. */
export const CHANGE_REQUEST_ID = '01a0a24b-9ee0-7f3a-8c5d-64fb2d9a6f33'

/** The client that the CRM calls as, and its first key. */
export const API_CLIENT_ID = '01a0b1c2-3d40-7e5f-8a6b-7c8d9e0f1a2b'
export const API_KEY_ID = '01a0b1c2-3d40-7f6a-9b7c-8d9e0f1a2b3c'

export const REQUEST_ID = '019d4672-7358-7f10-a1b2-c3d4e5f60718'
export const ENTITY_TAG = '"h3mN0pQrStUvWxYz012345"'
