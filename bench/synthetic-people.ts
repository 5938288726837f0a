// A registry as it grows: four contacts on a contract, two contracts a customer, a domain a customer; on every fifth
// contract two people share a mailbox, one address in fifty is of a free-mail domain.

const FAMILY_NAMES = [
  '佐藤',
  '鈴木',
  '高橋',
  '田中',
  '伊藤',
  '渡辺',
  '山本',
  '中村',
  '小林',
  '加藤',
  '吉田',
  '山田',
  '佐々木',
  '山口',
  '松本',
  '井上',
  '木村',
  '林',
  '斎藤',
  '清水',
  '髙橋',
  '服部',
  '渡部',
  '氷室',
  '度会',
]
const GIVEN_NAMES = [
  '太郎',
  '花子',
  '翔太',
  '陽菜',
  '健一',
  '恵',
  '直樹',
  '美咲',
  '大輔',
  '由美子',
  '隆',
  '裕子',
  '誠',
  '明美',
  '拓也',
  '久美子',
  '浩二',
  '真由美',
  '秀樹',
  'さくら',
]
const PRODUCTS = ['manage', 'manage_ac', 'manage_ac_smart']
const LIMITS = [4, 11, 7]

/** The address of the contact of a number, counted from 1. */
export function syntheticAddress(n: number): string {
  const holder = accountOf(n)
  return holder % 50 === 1 ? `user${holder}@gmail.com` : `user${holder}@c${customerOf(holder)}.example.co.jp`
}

export function uuid(n: number): string {
  return `019d4672-7740-7000-8000-${n.toString(16).padStart(12, '0')}`
}

export function isSharing(n: number): boolean {
  return contractOf(n) % 5 === 0 && (n % 4 === 0 || n % 4 === 3)
}

/** The first contact of the account: two people on every fifth contract share the mailbox of one of them. */
export function accountOf(n: number): number {
  return n % 4 === 0 && isSharing(n) ? n - 1 : n
}

export function contractOf(n: number): number {
  return Math.ceil(n / 4)
}

export function customerOf(n: number): number {
  return Math.ceil(contractOf(n) / 2)
}

export function productOf(contract: number): string {
  return PRODUCTS[contract % 3]!
}

export function limitOf(contract: number): number {
  return LIMITS[contract % 3]!
}

export function roleOf(n: number): string {
  return n % 4 === 1 ? 'primary' : 'secondary'
}

export function family(n: number): string {
  return FAMILY_NAMES[n % FAMILY_NAMES.length]!
}

export function given(n: number): string {
  return GIVEN_NAMES[Math.floor(n / 7) % GIVEN_NAMES.length]!
}
