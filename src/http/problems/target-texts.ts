import type { Words } from '#http/problems/language.ts'

/** What is wrong with an address of a machine: a range, or a URL to which webhooks shall go. */
export const TARGET_WORDS = {
  'not-a-url': () => ({
    en: 'Must be a URL that begins with https://.',
    ja: '「https://」で始まるURLを指定してください。',
  }),
  'plain-http': () => ({
    en: 'Deliveries are sent over TLS only. Use a URL that begins with https://.',
    ja: 'TLSで暗号化された送信先だけを使用できます。「https://」で始まるURLを指定してください。',
  }),
  'credentials-in-url': () => ({
    en: 'A URL must not hold a user name or password. Verify the signature of deliveries instead.',
    ja: 'URLにユーザー名やパスワードを含めることはできません。代わりに、配信の署名を検証してください。',
  }),
  'forbidden-address': () => ({
    en:
      'This address must not be called. Use a public address, or ask the operator to name its range in ' +
      'WEBHOOK_ALLOWED_RANGES.',
    ja: 'このアドレスには送信できません。公開されたアドレスを指定するか、管理者に「WEBHOOK_ALLOWED_RANGES」への追加をご依頼ください。',
  }),
  'invalid-ip-range': () => ({
    en: 'Must be an IPv4 or IPv6 address, or a range in CIDR notation such as 203.0.113.0/24.',
    ja: 'IPv4・IPv6アドレス、または「203.0.113.0/24」のようなCIDR表記のIPアドレスの範囲を指定してください。',
  }),
} satisfies Record<string, () => Words>
