// Which tests are measured for coverage, and which files of them. To measure a process takes a quarter of its time more,
// and only the rules are demanded to be covered: so those tests are measured that run the rules most directly.
// COVERAGE=all measures everything but what repeats: races, random or hostile requests, generated clients.
const OF_RULES = /^test\/all\/(?:domain|actions)[.]test[.]ts$/
const REPEATING = new RegExp(
  '^test/(?:ci/generated-clients[.]test[.]ts$|model/|all/races|' +
    'http/(?:fuzz|hostile-values|limits/broken-bodies)[.]test[.]ts$)',
)

// tap's words for what a test is to be measured for: null is nothing, no list is everything.
const OF_ALL = file => (REPEATING.test(file) ? null : [])
const OF_DOMAIN = file => (OF_RULES.test(file) ? ['src/domain/**/*.ts'] : null)

// oxlint-disable-next-line import/no-default-export -- tap takes no other
export default process.env.COVERAGE === 'all' ? OF_ALL : OF_DOMAIN
