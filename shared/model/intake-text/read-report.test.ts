import { describe, expect, it } from 'vitest';
import { categorySchema, sourceSchema } from '../codes.ts';
import { labels, sourceCues } from './labels.ts';
import { readReport } from './read-report.ts';

const at = (text: string) => Date.parse(`${text}+08:00`);
/** Every span is what its field says, and lies in the text that is shown. */
function checked(pasted: string) {
  const report = readReport(pasted);
  let last = 0;
  for (const { from, to } of report.spans) {
    expect(from).toBeGreaterThanOrEqual(last);
    expect(to).toBeGreaterThan(from);
    expect(to).toBeLessThanOrEqual(report.text.length);
    last = to;
  }
  const marked = (field: string) => {
    const span = report.spans.find((one) => one.field === field);
    return span && report.text.slice(span.from, span.to);
  };
  return { ...report.fields, marked };
}

describe('a pasted text', () => {
  it('1. a plain 12345 work sheet fills source, number, title, content, address, reporter and time', () => {
    const read = checked(`仙游县12345政务服务便民热线工单
工单编号：PT202308210173
来电人：测试甲
联系电话：16112345678
来电时间：2023-08-21 18:42:10
诉求类别：路灯故障（民生）
事发地址：枫亭镇秀峰村老协会旁
工单标题：路灯不亮
诉求内容：村道路灯连续五天不亮，老人夜间行走不便。
希望尽快维修。
承办单位：枫亭镇`);
    expect(read).toMatchObject({
      source: 'hotline12345',
      sourceNo: 'PT202308210173',
      title: '路灯不亮',
      address: '枫亭镇秀峰村老协会旁',
      category: 'livelihood',
      recordedAt: at('2023-08-21T18:42:10'),
      parties: [{ name: '测试甲', phone: '16112345678' }],
    });
    expect(read.detail).toBe(
      '村道路灯连续五天不亮，老人夜间行走不便。\n希望尽快维修。\n仙游县12345政务服务便民热线工单\n承办单位：枫亭镇',
    );
    expect(read.marked('reporterPhone')).toBe('16112345678');
    expect(read.marked('detail')).toBe('村道路灯连续五天不亮，老人夜间行走不便。\n希望尽快维修。');
  });

  it('2. odd spacing, several fields on one line', () => {
    const read = checked(
      '工单 编号 : PT-001   诉 求 人：测试乙  联系 电话:161 1234 5679 地址： 榜头镇泉山村 12 号\n诉求内容 ：  水压不足',
    );
    expect(read).toMatchObject({
      sourceNo: 'PT-001',
      address: '榜头镇泉山村 12 号',
      title: '水压不足',
      parties: [{ name: '测试乙', phone: '161 1234 5679' }],
    });
  });

  it('3. full-width digits, letters and colons are read as plain ones; Chinese words stay as they were', () => {
    const read = checked(
      '１２３４５热线\n工单编号：ＰＴ２０２３０８２１０２００\n联系电话：１６１１２３４５６７８\n受理时间：２０２３年８月２１日１９时５分\n诉求内容：占道经营，影响通行！',
    );
    expect(read).toMatchObject({
      source: 'hotline12345',
      sourceNo: 'PT202308210200',
      recordedAt: at('2023-08-21T19:05:00'),
      parties: [{ name: '', phone: '16112345678' }],
    });
    expect(read.detail).toContain('占道经营，影响通行！');
  });

  it('4. a text of 110', () => {
    const read = checked(`【警情编号】J3503220820230821190012
【报警时间】2023/8/21 19:00
【报警人】测试丙
【报警电话】0594-8291234
【警情地址】园庄镇某村村口
【简要警情】两户因排水沟争吵，无人受伤，系邻里纠纷，请属地处置。`);
    expect(read).toMatchObject({
      source: 'police110',
      sourceNo: 'J3503220820230821190012',
      address: '园庄镇某村村口',
      recordedAt: at('2023-08-21T19:00:00'),
      parties: [{ name: '测试丙', phone: '0594-8291234' }],
    });
  });

  it('5. a share text of a video: link, words, source', () => {
    const read = checked(
      '7.99 复制打开抖音，看看【木兰溪畔的作品】村口垃圾堆了一周没人清 # 仙游 # 民生 https://v.douyin.com/iRAbCdE/ 08/21 zGi:/ Q@k.pD',
    );
    expect(read).toMatchObject({
      source: 'publicOpinion',
      link: 'https://v.douyin.com/iRAbCdE/',
      title: '村口垃圾堆了一周没人清',
      parties: [],
    });
    expect(read.detail).toContain('# 仙游');
    expect(read.recordedAt).toBeUndefined();
  });

  it('6. a bare link of a video', () => {
    expect(checked('https://www.douyin.com/video/7269000000000000000')).toMatchObject({
      source: 'publicOpinion',
      link: 'https://www.douyin.com/video/7269000000000000000',
      parties: [],
    });
  });

  it('7. no labels at all: numbers and a courtesy name are found, everything stays in the detail', () => {
    const text = '市民陈先生来电，电话16112345678，反映家门口路灯坏了';
    const read = checked(text);
    expect(read).toMatchObject({ detail: text, parties: [{ name: '陈先生', phone: '16112345678' }] });
    expect([read.source, read.title, read.sourceNo, read.address, read.category]).toEqual(Array(5).fill(undefined));
  });

  it('8. several numbers in one field stay as they were written', () => {
    expect(checked('诉求人：测试丁\n联系电话：16112345670/16112345671、0594-8291234\n内容：占道').parties).toEqual([
      { name: '测试丁', phone: '16112345670/16112345671、0594-8291234' },
    ]);
  });

  it('9. HTML copied as text: tags go, their lines stay, what looks like a formula is text', () => {
    const read = checked(
      '<table><tr><td>工单编号</td><td>PT9</td></tr><tr><td>诉求内容</td><td>=HYPERLINK("http://x")&nbsp;占道<script>alert(1)</script></td></tr></table>',
    );
    expect(read.detail).toBe('=HYPERLINK("http://x") 占道');
    expect(checked('<p>工单编号：PT-9001</p><p>诉求内容：占道</p>')).toMatchObject({
      sourceNo: 'PT-9001',
      detail: '占道',
    });
  });

  it('10. emoji and marks of direction do no harm, and the marks are gone', () => {
    const read = checked('\u202e工单编号\u200f：\u2066PT-77\u2069\n诉求内容：😡垃圾成堆👨‍👩‍👧，请处理🙏');
    expect(read.sourceNo).toBe('PT-77');
    expect(read.detail).toContain('😡垃圾成堆');
    expect(read.detail).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  });

  it('11. a label above its value', () => {
    expect(checked('工单编号：\nPT-550\n事发地址：\n盖尾镇前连村\n诉求内容：\n第一行\n第二行')).toMatchObject({
      sourceNo: 'PT-550',
      address: '盖尾镇前连村',
      detail: '第一行\n第二行',
    });
  });

  it('12. missing fields stay missing: no date without a year or a time, no class that names two of ours', () => {
    const read = checked('工单编号：PT-1\n来电时间：8月21日\n诉求类别：物业与劳动\n诉求内容：催收物业费');
    expect([read.recordedAt, read.category]).toEqual([undefined, undefined]);
    expect(read.detail).toContain('来电时间：8月21日');
    expect(read.detail).toContain('诉求类别：物业与劳动');
    expect(checked('来电时间：2023-02-30 10:00\n内容：甲').recordedAt).toBeUndefined();
    expect(checked('来电时间：2023-08-21\n内容：甲').recordedAt).toBeUndefined();
  });

  it('13. the other party beside the reporter, and text that follows the number', () => {
    expect(
      checked(
        '12345工单\n反映人：测试戊，男，45岁\n联系方式：16112345673（可加微信）\n被反映人：测试己\n反映内容：拖欠工资',
      ).parties,
    ).toEqual([
      { name: '测试戊', phone: '16112345673（可加微信）'.replaceAll('（', '(').replaceAll('）', ')') },
      { name: '测试己', phone: null },
    ]);
  });

  it('14. a word that is a label of ours inside a sentence is not one', () => {
    const read = checked('工单编号：PT-88\n诉求内容：对方留的电话是空号，地址也不对，标题党');
    expect(read.address).toBeUndefined();
    expect(read.parties).toEqual([]);
    expect(read.detail).toBe('对方留的电话是空号，地址也不对，标题党');
  });

  it('15. a spreadsheet row pasted with tabs', () => {
    expect(checked('工单编号\tPT-31\n联系人\t测试庚\n联系电话\t16112345674\n诉求内容\t道路坑洼')).toMatchObject({
      sourceNo: 'PT-31',
      title: '道路坑洼',
      parties: [{ name: '测试庚', phone: '16112345674' }],
    });
  });

  it('16. masked numbers are kept as they are, an identity number is not a telephone', () => {
    const read = checked('诉求人：测试辛\n联系电话：161****5678\n诉求内容：身份证350322199001011234，宅基地争议');
    expect(read.parties).toEqual([{ name: '测试辛', phone: '161****5678' }]);
    expect(checked('群众反映，身份证350322199001011234').parties).toEqual([]);
  });

  it('17. the same label twice: the first counts, the second is not lost', () => {
    const read = checked('事发地址：枫亭镇\n事发地址：榜头镇\n内容：占道');
    expect(read.address).toBe('枫亭镇');
    expect(read.detail).toContain('榜头镇');
  });

  it('18. nothing, blanks and ten thousand signs are read in no time', () => {
    for (const text of ['', ' \n\t ', '：'.repeat(5000), '地址：'.repeat(4000), `诉求内容：${'长'.repeat(20_000)}`]) {
      const from = Date.now();
      expect(checked(text).detail.length).toBeLessThanOrEqual(10_000);
      expect(Date.now() - from).toBeLessThan(1000);
    }
  });
});

it('the tables name sources and categories of ours, and no label twice', () => {
  for (const [source] of sourceCues) expect(sourceSchema.options).toContain(source);
  const all = Object.values(labels).flatMap((words) => words.split(' '));
  expect(new Set(all).size).toBe(all.length);
  expect(categorySchema.options.length).toBeGreaterThan(0);
});
