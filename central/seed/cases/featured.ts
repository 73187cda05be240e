import type { Category, Source } from '../../../shared/model/codes.ts';
import type { OpenClass } from './slot.ts';

/** The cases the design's desk shows: they stand at the head of the queue of every seed set. */
export interface Featured {
  townCode: string;
  village: string;
  source: Source;
  category: Category;
  open: Exclude<OpenClass, 'pending'>;
  highRisk: boolean;
  title: string;
  detail: string;
}

const featured = (
  townCode: string,
  village: string,
  source: Source,
  category: Category,
  open: Featured['open'],
  title: string,
  detail: string,
  highRisk = false,
): Featured => ({ townCode, village, source, category, open, title, detail, highRisk });

export const featuredCases: readonly Featured[] = [
  featured(
    '350322102',
    '梅塘村',
    'grid',
    'land',
    'overdue',
    '梅塘村四兄弟旧厝与空地权属纠纷',
    '四兄弟就父母留下的旧厝五间及厝后空地如何分割发生争执，旧分单已残缺，其中一方拟先行翻建，其余三方上门阻工。现场情绪激动，村级已背对背调解，第二套方案三方同意、一方不同意。',
    true,
  ),
  featured(
    '350322101',
    '坝下社区',
    'hotline12345',
    'labour',
    'overdue',
    '鞋厂拖欠工资引发劳资纠纷',
    '某鞋厂针车车间二十余名工人反映，厂方以订单回款慢为由拖欠两个多月工资，合计约三十七万元。工人要求本周内发放，否则到镇政府集体反映。',
  ),
  featured(
    '350322100',
    '霞桥社区',
    'police110',
    'neighbour',
    'overdue',
    '邻里排水沟改道争议',
    '一户翻建时把公共排水沟改道，雨天水倒灌进邻居后房，双方多次争吵并报警。民警已到场劝离，建议由社区牵头勘验后恢复原沟。',
  ),
  featured(
    '350322001',
    '东门社区',
    'selfReport',
    'homestead',
    'overdue',
    '宅基地边界认定反复信访',
    '当事人对宅基地确权时的四至界址不服，认为邻户多占滴水沿约四十厘米，近一年到县、镇反映多次。自然资源所测绘图已出，双方对基准点仍有异议。',
    true,
  ),
  featured(
    '350322106',
    '前连村',
    'outreach',
    'forest',
    'dueSoon',
    '山林承包款分配异议',
    '本村油茶林续包后的承包款按现有户口分配，外嫁女和迁出户要求参与分配，村民代表会议两次表决未形成一致意见。',
  ),
  featured(
    '350322104',
    '霞苑社区',
    'publicOpinion',
    'cityAppearance',
    'dueSoon',
    '学校周边占道经营投诉',
    '有网民发布短视频反映放学时段校门口小吃摊占道，学生被挤到机动车道。视频转发较多，需尽快到场疏导并回复。',
  ),
  featured(
    '350322105',
    '赖店村',
    'grid',
    'marriage',
    'dueSoon',
    '婚姻家庭财产分割纠纷',
    '夫妻协商离婚，对婚后所建三层楼房和红木家具厂的投资款如何分割达不成一致，双方亲属已介入争执。',
  ),
  featured(
    '350322108',
    '古濑村',
    'hotline12345',
    'livelihood',
    'running',
    '自来水水压不足',
    '高处片区二十余户反映早晚用水高峰三楼以上无水，已持续半个多月，要求供水单位检修加压泵。',
  ),
  featured(
    '350322101',
    '后堡村',
    'hotline12345',
    'environment',
    'running',
    '道路施工扬尘扰民',
    '村道拓宽施工未洒水、渣土车未覆盖，沿线住户反映扬尘严重，不敢开窗，要求施工方落实降尘措施。',
  ),
  featured(
    '350322100',
    '秀峰村',
    'outreach',
    'debt',
    'running',
    '合伙经营债务纠纷',
    '三人合伙经营海蛎育苗场，散伙后对剩余设备折价和外欠饲料款分担意见不一，其中一人已搬走部分设备。',
  ),
  featured(
    '350322001',
    '木兰社区',
    'selfReport',
    'property',
    'running',
    '老旧小区加装电梯意见不一',
    '某老旧小区一单元拟加装电梯，低层住户以采光和噪声为由不同意，高层住户要求社区协调补偿方案。',
  ),
];
