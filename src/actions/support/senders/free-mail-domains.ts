import providers from 'email-providers/all.json' with { type: 'json' }

// Japanese access and mobile providers that the package does not have, with every domain below theirs.
const JAPANESE_PROVIDERS = [
  'asahi-net.or.jp',
  'au.com',
  'biglobe.ne.jp',
  'disney.ne.jp',
  'docomo.ne.jp',
  'dti.ne.jp',
  'emnet.ne.jp',
  'emobile.ne.jp',
  'eonet.ne.jp',
  'excite.co.jp',
  'ezweb.ne.jp',
  'goo.jp',
  'goo.ne.jp',
  'hi-ho.ne.jp',
  'home.ne.jp',
  'infoseek.jp',
  'interlink.or.jp',
  'nifty.com',
  'nifty.ne.jp',
  'ocn.ne.jp',
  'odn.ne.jp',
  'pdx.ne.jp',
  'plala.or.jp',
  'rakuten.jp',
  'sannet.ne.jp',
  'so-net.ne.jp',
  'softbank.jp',
  'softbank.ne.jp',
  'tcn-catv.ne.jp',
  'uqmobile.jp',
  'vodafone.ne.jp',
  'wakwak.com',
  'willcom.com',
  'yahoo.co.jp',
  'yahoo.ne.jp',
  'ybb.ne.jp',
  'ymail.ne.jp',
  'ymobile.ne.jp',
  'y-mobile.ne.jp',
  'zaq.ne.jp',
  'zero.ad.jp',
]

const DOMAINS: ReadonlySet<string> = new Set([...providers, ...JAPANESE_PROVIDERS])

/** Whether any person can get an address of the domain, or of a domain above it: it names no customer then (R30). */
export function isFreeMailDomain(domain: string): boolean {
  const labels = domain.split('.')
  return labels.some((_, index) => index < labels.length - 1 && DOMAINS.has(labels.slice(index).join('.')))
}
