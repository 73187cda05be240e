import type { Category, Source } from '../codes.ts';

/** What the usual sheets call their fields. The longer label wins where one begins another. */
export const labels = {
  sourceNo:
    '工单编号 工单号 工单流水号 受理编号 受理单号 诉求编号 警情编号 警情号 接警单号 接警单编号 接处警编号 事件编号 信件编号 编号',
  title: '工单标题 诉求标题 诉求主题 警情标题 事件名称 标题 主题',
  detail:
    '诉求内容 反映内容 工单内容 诉求描述 问题描述 事件描述 事项描述 警情内容 报警内容 简要警情 警情描述 简要案情 主要内容 事由 内容',
  address:
    '事发地址 事发地点 诉求地址 诉求地点 问题地址 事件地址 案发地址 案发地点 警情地址 警情地点 报警地址 发生地点 发生地址 所在地址 详细地址 地址 地点',
  reporterName:
    '来电人姓名 诉求人姓名 反映人姓名 报警人姓名 来电人 诉求人 反映人 报警人 投诉人 举报人 市民姓名 联系人 姓名',
  reporterPhone:
    '来电号码 来电电话 联系电话 联系方式 报警电话 报警号码 联系号码 回访电话 手机号码 手机号 电话号码 手机 电话',
  otherParty: '被反映人 被投诉人 被举报人 被诉方 对方当事人 对方姓名',
  recordedAt: '来电时间 受理时间 诉求时间 报警时间 接警时间 登记时间 创建时间 派单时间 转办时间 发布时间',
  category: '诉求类别 诉求类型 问题分类 问题类别 事项类别 事件类别 警情类别 警情类型 业务类型 诉求分类 类别 类型',
} as const;
export type Labelled = keyof typeof labels;

/** A text comes from a source when it holds one of its words. Tried in this order. */
export const sourceCues: readonly (readonly [Source, RegExp])[] = [
  ['publicOpinion', /复制打开抖音|复制此链接|打开Dou音|(?:douyin|iesdouyin|kuaishou|weibo|xiaohongshu|toutiao)\.com/i],
  ['hotline12345', /(?<!\d)12345(?!\d)|政务服务便民热线|便民服务平台|诉求[人件内编标]|(?:^|\s)工单[编号标流]/],
  ['police110', /警情|接警|处警|报警人|报警时间|(?<!\d)110(?!\d)/],
  ['grid', /网格员?(?:上报|采集)/],
];

/** Words of a sheet's own classes that name one of ours without doubt. */
export const categoryCues: Readonly<Partial<Record<Category, RegExp>>> = {
  neighbour: /邻里|相邻/,
  homestead: /宅基地/,
  land: /土地|承包地|征地/,
  forest: /山林|林地|林权/,
  marriage: /婚姻|家庭/,
  labour: /劳动|劳资|欠薪|工资/,
  debt: /债务|借贷/,
  consumer: /消费|退费|售后/,
  property: /物业/,
  traffic: /交通|停车/,
  medical: /医疗|医患/,
  environment: /环保|环境|噪音|噪声|污染/,
  cityAppearance: /市容|占道|城管/,
  livelihood: /民生|供水|供电|路灯|停水|停电/,
  villageAffairs: /村务|村集体/,
  education: /教育|学校/,
  safety: /安全|消防/,
};
