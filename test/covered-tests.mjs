// Which tests are measured for coverage. Those of races, of random or hostile requests and of generated clients run
// what others run already, over and over; to measure them takes a fifth of their time, and would count as processor
// time of the service.
const REPEATING = new RegExp(
  '^test/(?:ci/generated-clients[.]test[.]ts$|model/|together/races|' +
    'http/(?:fuzz|hostile-values|limits/broken-bodies)[.]test[.]ts$)',
)

// tap's word for what a test is to be measured for: null is nothing, no list is everything.
// oxlint-disable-next-line import/no-default-export -- tap takes no other
export default file => (REPEATING.test(file) ? null : [])
