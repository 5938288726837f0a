/**
 * Words of Korean and Chinese departments, roles and companies that end a name only where it is no person's (R13).
 * Source: the organisation charts that companies publish.
 */
export const FOREIGN_ORGANISATION_ENDINGS: readonly string[] = `
  전자 건설 산업 물산 상사 증권 화재 회사 부서 총무팀 인사팀 영업팀 개발팀 기획팀 재무팀 회계팀 구매팀 홍보팀 법무팀 운영팀 기술팀 지원팀 전산팀 보안팀 관리팀 마케팅팀 총무부 인사부 영업부 개발부 기획부 재무부 경리부 구매부 홍보부 기술부 관리부 사업부 연구소 센터 은행 대학교 병원 협회 재단 본부 지점 사무실 사무국 담당 담당자 관리자 책임자 대표이사 고객지원 고객센터 접수처 부장 과장 팀장 사장
  公司 集团 集團 部门 部門 财务部 人事部 技术部 销售部 市场部 采购部 总务部 行政部 研发部 信息部 信息技术部 客服部 客服 客户服务 人力资源部 管理员 负责人 負責人 聯絡人 管理員 財務部 技術部 銷售部 市場部 联系人 办公室 中心 银行 医院 学院 总经理 董事长 经理 主管 前台
`
  .trim()
  .split(/\s+/)
