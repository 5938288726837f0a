/**
 * Words in Latin script that departments, roles and functions are called by: a name of nothing else is nobody's (R13). Lower case.
 * Source: RFC 2142 for mailboxes, and the job titles and departments that companies publish.
 */
export const LATIN_FUNCTION_WORDS: ReadonlySet<string> = new Set(
  `
  affairs
  a an and the of for in to at our your my all any no not new old main general global group local regional national international corporate central shared common public internal external senior junior sr jr chief vice deputy assistant associate acting interim lead head co
  it is ict mis dx hr pr ir qa qc rd r&d sre csr ehs esg erp crm ceo cfo cto cio coo cmo ciso cso vp svp evp md gm pm po pmo
  account accounts accounting accountant payable receivable payables receivables payroll finance financial fiscal treasury tax taxes audit auditing auditor auditors billing invoice invoices invoicing purchasing purchase procurement buyer sourcing supply chain logistics shipping warehouse inventory distribution delivery transport transportation fleet
  admin admins administration administrator administrators administrative management manager managers managing director directors executive executives officer officers president chairman chairperson chair board secretary secretariat owner founder partner partners supervisor coordinator leader superintendent
  support helpdesk help desk service services customer customers client clients care success relations relationship contact contacts contactus inquiry inquiries enquiry enquiries question questions feedback complaint complaints info information infomation reception receptionist front office offices operator operators operation operations ops
  sales sale selling marketing market advertising promotion promotions branding brand communication communications press media news editorial editor newsletter events event planning plan strategy strategic business development bizdev research r engineering engineer engineers technical technology tech technician technicians technologies software hardware system systems sysadmin network networks infrastructure infra security database data analytics analysis analyst cloud platform platforms web webmaster website hostmaster postmaster listmaster root noc abuse devops developer developers dev programmer programming design designer creative product products production manufacturing factory plant quality assurance control testing maintenance facility facilities building safety health environment environmental compliance legal law counsel risk governance privacy dpo
  human resource resources recruiting recruitment recruiter recruit hiring talent people training trainer education learning staff staffs employee employees personnel team teams department departments dept division divisions div section sections sect unit units branch branches bureau center centre headquarters hq headoffice project projects program programme committee council task force hub lab labs laboratory room
  user users member members guest guests visitor person persons contactperson pic responsible representative representatives rep reps agent agents consultant consultants contractor vendor vendors supplier suppliers company noreply no-reply donotreply do reply mailer daemon mail mailbox email e-mail subscription unsubscribe bounce alert alerts notification notifications notify monitor monitoring backup batch bot robot api test tests tester demo sample dummy trial
  soumu somu jinji keiri eigyo eigyou kaihatsu kikaku gyomu gyoumu kanri johosys jouhou joho shisutemu tantou tanto tantousha tantosha kanrisha sekininsha madoguchi uketsuke jimukyoku jimu hisho koho kouhou homu houmu zaimu kobai koubai shizai seizo seizou hinshitsu hosho gijutsu kenkyu kenkyuu butsuryu rouma roumu shacho shachou bucho buchou kacho kachou kakaricho daihyo daihyou torishimariyaku otoiawase toiawase bu ka shitsu kyoku honbu shisha shiten honsha jouhousystem johosystem jyouhou jyoho
  phòng ban kỹ thuật kế toán nhân sự kinh doanh hành chính giám đốc trưởng công ty bộ phận hỗ trợ khách hàng quản lý trị viên
  abteilung vertrieb buchhaltung einkauf verwaltung geschäftsführung kundendienst personal informatique comptabilité ventes direction departamento ventas compras contabilidad soporte administración recursos humanos
`
    .trim()
    .split(/\s+/),
)

/** Of these, the words that are somebody's name as well: alone they are doubtful, beside a name they are part of it. */
export const LATIN_SURNAME_WORDS: ReadonlySet<string> = new Set(
  `
  law service guest major bishop pope king dean judge marshall banks bank price page church temple hall house chambers chair lead sharp press plant hub board brand day may august june april an do ma la so no ban r po md bot rep ka bu hosho kenkyu kanri daihyo personal people trainer market young person persons tanto rouma client jr sr lab ops ty công sự viên quản trị thuật hàng doanh chính kinh kế toán nhân lý hỗ trợ khách giám đốc trưởng phận bộ phòng hành visa meta apple dell nike sap ana jal roche bosch bayer recruit
`
    .trim()
    .split(/\s+/),
)

/** Words in Latin script that end the name of a company, a department or an institution, and nobody's. */
export const LATIN_ORGANISATION_ENDINGS: ReadonlySet<string> = new Set(
  `
  department departments dept division office offices team teams holdings holding company companies systems system solutions solution technologies technology university college institute institution laboratory laboratories hospital clinic pharmacy consulting consultants consultancy engineering electronics electric industries industry industrial enterprises enterprise corporation group international logistics services support center centre headquarters association foundation federation committee council ministry agency authority bureau branch helpdesk desk administrator administration manager staff operator software networks network communications motors automotive airlines airways railway railways pharmaceuticals chemicals chemical foods beverages insurance securities capital ventures investments partners associates trading manufacturing construction architects studio studios design designs productions entertainment publishing printing media marketing bank banking finance financial hotel hotels resort resorts restaurant store stores shop supermarket school academy japan tokyo osaka america europe asia worldwide global department,inc info account accounts representative director director's officer
`
    .trim()
    .split(/\s+/),
)

/** Words that begin the name of a company or a department in Latin script, and nobody's. */
export const LATIN_ORGANISATION_BEGINNINGS: ReadonlySet<string> = new Set([
  'university',
  'department',
  'dept',
  'ministry',
  'bank of',
  'institute',
  'office',
  'the',
  'team',
  'công ty',
  'phòng',
  'contact',
  'customer',
  'system',
  'support',
  'accounting',
  'purchasing',
  'engineering',
])
